/** What the bulletin is counted from: plain rows with two times each, when it was so and when the centre knew. Pure. */
import type { Risk, ScamType } from '#contract/alert.ts';
import type { IncidentOutcome } from '#contract/incident.ts';

/** When something was so, and when it was written down; ms since 1970. */
export interface Known {
  atMs: number;
  knownMs: number;
}

export interface OrderRow {
  id: string;
  incidentId: string;
  stationId: string;
  issuedMs: number;
  meetDueMs: number | null;
  acknowledged: Known | null;
  underWay: Known | null;
  met: Known | null;
  fedBack: Known | null;
  /** Handed over or taken back. */
  dropped: Known | null;
}

export interface IncidentRow {
  id: string;
  number: number;
  scamType: ScamType;
  openedMs: number;
  closedMs: number | null;
  outcome: IncidentOutcome | null;
  handedOverMs: number | null;
  alerts: { atMs: number; risk: Risk }[];
}

export interface MeetingRow extends Known {
  incidentId: string;
  orderId: string | null;
}

export interface StopRow {
  incidentId: string;
  requestedMs: number;
  state: 'requested' | 'confirmed' | 'refused' | 'withdrawn';
  answeredMs: number | null;
  held: number | null;
  /** What was put right about what is held, oldest first; `held` is what the last of them says. */
  corrections: { knownMs: number; before: number; held: number }[];
}

export interface RevisitRow {
  incidentId: string;
  dueMs: number;
  plannedMs: number;
  state: 'planned' | 'done' | 'missed' | 'cancelled';
  endedMs: number | null;
}

export interface CheckRow {
  incidentId: string;
  /** Monday 00:00 in Shanghai of the week that it was drawn for. */
  weekMs: number;
  drawnMs: number;
  verdict: 'good' | 'lacking' | null;
  checkedMs: number | null;
}

export interface OutcomeRow {
  id: string;
  incidentId: string;
  reportedMs: number;
  recordedMs: number;
  transferred: boolean;
  loss: number | null;
  caseFiled: boolean;
  arrests: number;
}

export interface BulletinRows {
  incidents: IncidentRow[];
  orders: OrderRow[];
  meetings: MeetingRow[];
  stops: StopRow[];
  revisits: RevisitRow[];
  checks: CheckRow[];
  outcomes: OutcomeRow[];
}

const by =
  (asOfMs: number) =>
  (known: Known | null): Known | null =>
    known !== null && known.knownMs <= asOfMs ? known : null;

/** What a bank was believed to hold at an instant. */
function heldAsOf({ held, corrections }: StopRow, asOfMs: number): number | null {
  const [next] = corrections.filter(({ knownMs }) => knownMs > asOfMs);
  return next ? next.before : held;
}

/** The rows as they stood at an instant: what was not known yet is not there. */
export function asKnown(rows: BulletinRows, asOfMs: number): BulletinRows {
  const known = by(asOfMs);
  const was = (ms: number | null): ms is number => ms !== null && ms <= asOfMs;
  return {
    incidents: rows.incidents
      .filter(({ openedMs }) => was(openedMs))
      .map(incident => ({
        ...incident,
        ...(!was(incident.closedMs) && { closedMs: null, outcome: null }),
        handedOverMs: was(incident.handedOverMs) ? incident.handedOverMs : null,
        alerts: incident.alerts.filter(({ atMs }) => was(atMs)),
      })),
    orders: rows.orders
      .filter(({ issuedMs }) => was(issuedMs))
      .map(order => ({
        ...order,
        acknowledged: known(order.acknowledged),
        underWay: known(order.underWay),
        met: known(order.met),
        fedBack: known(order.fedBack),
        dropped: known(order.dropped),
      })),
    meetings: rows.meetings.filter(known),
    stops: rows.stops
      .filter(({ requestedMs }) => was(requestedMs))
      .map(stop =>
        was(stop.answeredMs)
          ? { ...stop, held: heldAsOf(stop, asOfMs) }
          : { ...stop, state: 'requested', answeredMs: null, held: null },
      ),
    revisits: rows.revisits
      .filter(({ plannedMs }) => was(plannedMs))
      .map(revisit => (was(revisit.endedMs) ? revisit : { ...revisit, state: 'planned', endedMs: null })),
    checks: rows.checks
      .filter(({ drawnMs }) => was(drawnMs))
      .map(check => (was(check.checkedMs) ? check : { ...check, verdict: null, checkedMs: null })),
    outcomes: rows.outcomes.filter(({ recordedMs }) => was(recordedMs)),
  };
}

/** The rows of some incidents alone. */
export function ofIncidents(rows: BulletinRows, ids: ReadonlySet<string>): BulletinRows {
  const mine = ({ incidentId }: { incidentId: string }) => ids.has(incidentId);
  return {
    incidents: rows.incidents.filter(({ id }) => ids.has(id)),
    orders: rows.orders.filter(mine),
    meetings: rows.meetings.filter(mine),
    stops: rows.stops.filter(mine),
    revisits: rows.revisits.filter(mine),
    checks: rows.checks.filter(mine),
    outcomes: rows.outcomes.filter(mine),
  };
}

/** Every instant at which something of the rows became known, within (afterMs, untilMs], in order. */
export function knownInstants(rows: BulletinRows, afterMs: number, untilMs: number): number[] {
  const all: (number | null | undefined)[] = [
    ...rows.orders.flatMap(({ issuedMs, acknowledged, underWay, met, fedBack, dropped }) => [
      issuedMs,
      acknowledged?.knownMs,
      underWay?.knownMs,
      met?.knownMs,
      fedBack?.knownMs,
      dropped?.knownMs,
    ]),
    ...rows.incidents.map(({ openedMs }) => openedMs),
    ...rows.meetings.map(({ knownMs }) => knownMs),
    ...rows.stops.flatMap(({ requestedMs, answeredMs, corrections }) => [
      requestedMs,
      answeredMs,
      ...corrections.map(({ knownMs }) => knownMs),
    ]),
    ...rows.revisits.flatMap(({ plannedMs, endedMs }) => [plannedMs, endedMs]),
    ...rows.checks.flatMap(({ drawnMs, checkedMs }) => [drawnMs, checkedMs]),
    ...rows.outcomes.map(({ recordedMs }) => recordedMs),
  ];
  const within = all.filter(ms => typeof ms === 'number' && ms > afterMs && ms <= untilMs) as number[];
  return [...new Set(within)].toSorted((a, b) => a - b);
}
