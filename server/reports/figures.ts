/** The figures of a span of time by station: pure counting of rows. What each counts is defined in docs/bulletin.md. */
import {
  bucketBoundsS,
  type Figures,
  figureNames,
  type Rate,
  type RateName,
  timedSteps,
  type TimedStep,
} from '#contract/bulletin.ts';
import type { BulletinRows, OrderRow, OutcomeRow } from './rows.ts';

export interface Span {
  fromMs: number;
  toMs: number;
}
const inside = (ms: number, { fromMs, toMs }: Span) => ms >= fromMs && ms < toMs;

const noFigures = (): Figures => ({
  ...(Object.fromEntries(figureNames.map(name => [name, 0])) as Record<(typeof figureNames)[number], 0>),
  acknowledge: [0, 0, 0, 0],
  underWay: [0, 0, 0, 0],
  feedback: [0, 0, 0, 0],
  slowestS: { acknowledge: null, underWay: null, feedback: null },
});

/**
 * The figures of each station (null: no station was ordered) over [from, to), from rows as they were known at `asOfMs`. An
 * order counts for its station; everything else for the station that was ordered last.
 */
export function figuresOf(rows: BulletinRows, span: Span, asOfMs: number): Map<string | null, Figures> {
  const found = new Map<string | null, Figures>();
  const of = (stationId: string | null): Figures => {
    let figures = found.get(stationId);
    if (!figures) found.set(stationId, (figures = noFigures()));
    return figures;
  };
  countOrders(rows, span, asOfMs, of);
  const stations = newestStations(rows.orders);
  const ofIncident = (incidentId: string) => of(stations.get(incidentId) ?? null);
  countMoney(rows, span, ofIncident);
  for (const { incidentId, dueMs, state } of rows.revisits) {
    if (!inside(dueMs, span) || state === 'cancelled') continue;
    const figures = ofIncident(incidentId);
    figures.revisitsDue++;
    if (state === 'done') figures.revisitsDone++;
  }
  for (const { incidentId, weekMs, verdict } of rows.checks) {
    if (!inside(weekMs, span)) continue;
    const figures = ofIncident(incidentId);
    figures.checksDrawn++;
    if (verdict !== null) figures.checksDone++;
    if (verdict === 'good') figures.checksGood++;
  }
  return found;
}

function countOrders(
  rows: BulletinRows,
  span: Span,
  asOfMs: number,
  of: (stationId: string) => Figures,
): void {
  const meetings = meetingsByIncident(rows);
  for (const order of rows.orders) {
    if (inside(order.issuedMs, span)) {
      const figures = of(order.stationId);
      figures.issued++;
      for (const step of timedSteps) countStep(figures, step, stepSeconds(order, step));
    }
    const { meetDueMs } = order;
    if (meetDueMs === null || !inside(meetDueMs, span) || meetDueMs > asOfMs || !wasDue(order)) continue;
    const figures = of(order.stationId);
    const metMs = firstMet(order, meetings.get(order.incidentId) ?? []);
    figures.due++;
    if (metMs === null) figures.notMet++;
    else if (metMs < meetDueMs) figures.metInTime++;
    else figures.metTooLate++;
  }
}

/** At its due time the order was this station's: issued by then, and neither handed over nor taken back. */
const wasDue = ({ issuedMs, meetDueMs, dropped }: OrderRow): boolean =>
  issuedMs < meetDueMs! && (dropped === null || dropped.atMs > meetDueMs!);

interface Met {
  orderId: string | null;
  atMs: number;
}

/** When each person was met face to face: by the meetings, and by feedback that says so. */
function meetingsByIncident({ meetings, orders }: BulletinRows): Map<string, Met[]> {
  const found = new Map<string, Met[]>();
  const add = (incidentId: string, met: Met) => {
    const before = found.get(incidentId);
    if (before) before.push(met);
    else found.set(incidentId, [met]);
  };
  for (const { incidentId, orderId, atMs } of meetings) add(incidentId, { orderId, atMs });
  for (const { incidentId, id, met } of orders) if (met) add(incidentId, { orderId: id, atMs: met.atMs });
  return found;
}

/** When the order's person was first met, by whomsoever; a meeting before the order counts only if it is the order's own. */
function firstMet({ id, issuedMs }: OrderRow, meetings: readonly Met[]): number | null {
  const own = meetings.filter(({ orderId, atMs }) => orderId === id || atMs >= issuedMs);
  return own.length === 0 ? null : Math.min(...own.map(({ atMs }) => atMs));
}

/** How long an order took: to be acknowledged; from then until they set out; from the meeting to its feedback. Null: not done. */
function stepSeconds(order: OrderRow, step: TimedStep): number | null {
  const { issuedMs, acknowledged, underWay, met, fedBack } = order;
  const between = (fromMs: number | undefined, toMs: number | undefined) =>
    fromMs === undefined || toMs === undefined ? null : Math.max(0, toMs - fromMs) / 1000;
  switch (step) {
    case 'acknowledge':
      return between(issuedMs, acknowledged?.atMs);
    case 'underWay':
      return between(acknowledged?.atMs ?? issuedMs, underWay?.atMs);
    case 'feedback':
      return between(met?.atMs, fedBack?.atMs);
  }
}

function countStep(figures: Figures, step: TimedStep, seconds: number | null): void {
  if (seconds === null) return;
  const above = bucketBoundsS[step].findIndex(bound => seconds <= bound);
  figures[step][above < 0 ? 3 : above]!++;
  figures.slowestS[step] = Math.max(figures.slowestS[step] ?? 0, seconds);
}

/** The station that was ordered last, by incident. */
export function newestStations(orders: readonly OrderRow[]): Map<string, string> {
  const newest = new Map<string, OrderRow>();
  for (const order of orders) {
    const before = newest.get(order.incidentId);
    if (
      !before ||
      order.issuedMs > before.issuedMs ||
      (order.issuedMs === before.issuedMs && order.id > before.id)
    )
      newest.set(order.incidentId, order);
  }
  return new Map([...newest].map(([incidentId, { stationId }]) => [incidentId, stationId]));
}

/** The outcome that counts of each incident: reported last; of the same time, written down last. */
export function newestOutcomes(outcomes: readonly OutcomeRow[]): Map<string, OutcomeRow> {
  const later = (a: OutcomeRow, b: OutcomeRow) =>
    a.reportedMs - b.reportedMs || a.recordedMs - b.recordedMs || (a.id > b.id ? 1 : -1);
  const newest = new Map<string, OutcomeRow>();
  for (const outcome of outcomes) {
    const before = newest.get(outcome.incidentId);
    if (!before || later(outcome, before) > 0) newest.set(outcome.incidentId, outcome);
  }
  return newest;
}

function countMoney(rows: BulletinRows, span: Span, of: (incidentId: string) => Figures): void {
  const outcomes = newestOutcomes(rows.outcomes);
  for (const { id, openedMs } of rows.incidents) {
    if (!inside(openedMs, span)) continue;
    const figures = of(id);
    figures.warned++;
    const outcome = outcomes.get(id);
    if (!outcome) continue;
    if (outcome.transferred) figures.transferred++;
    figures.lossAmount = cents(figures.lossAmount + (outcome.loss ?? 0));
    if (outcome.caseFiled) figures.cases++;
    figures.arrests += outcome.arrests;
  }
  for (const { incidentId, requestedMs, state, held } of rows.stops) {
    if (!inside(requestedMs, span) || state === 'withdrawn') continue;
    const figures = of(incidentId);
    figures.stopsRequested++;
    if (state === 'refused') figures.stopsRefused++;
    if (state !== 'confirmed') continue;
    figures.stopsConfirmed++;
    figures.heldAmount = cents(figures.heldAmount + (held ?? 0));
  }
}

/** Yuan to the cent: sums of decimals stay decimals. */
const cents = (yuan: number) => Math.round(yuan * 100) / 100;

/** All stations together. */
export function sumOf(all: Iterable<Figures>): Figures {
  const sum = noFigures();
  for (const figures of all) {
    for (const name of figureNames) sum[name] = cents(sum[name] + figures[name]);
    for (const step of timedSteps) {
      for (let i = 0; i < 4; i++) sum[step][i]! += figures[step][i]!;
      const slowest = figures.slowestS[step];
      if (slowest !== null) sum.slowestS[step] = Math.max(sum.slowestS[step] ?? 0, slowest);
    }
  }
  return sum;
}

/** z of the two-sided 95 % interval. */
const z95 = 1.959963984540054;
const rounded = (share: number) => Math.round(share * 10_000) / 10_000;

/** A share with Wilson's score interval (Wilson 1927), which stays honest for small counts; to four decimals. */
export function rateOf(hits: number, of: number): Rate {
  if (of === 0) return { value: null, of, lo: null, hi: null };
  const share = hits / of;
  const z2 = z95 * z95;
  const middle = (share + z2 / (2 * of)) / (1 + z2 / of);
  const half = (z95 / (1 + z2 / of)) * Math.sqrt((share * (1 - share)) / of + z2 / (4 * of * of));
  return {
    value: rounded(share),
    of,
    lo: hits === 0 ? 0 : rounded(Math.max(0, middle - half)),
    hi: hits === of ? 1 : rounded(Math.min(1, middle + half)),
  };
}

export const ratesOf = (figures: Figures): Record<RateName, Rate> => ({
  meeting: rateOf(figures.metInTime, figures.due),
  transferred: rateOf(figures.transferred, figures.warned),
  cases: rateOf(figures.cases, figures.warned),
  revisits: rateOf(figures.revisitsDone, figures.revisitsDue),
  checks: rateOf(figures.checksGood, figures.checksDone),
});
