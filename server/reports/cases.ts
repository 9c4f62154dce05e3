/** What a bulletin says of single incidents: those that are not closed, and the one that is worth telling. Pure. */
import type { CaseFact } from '#contract/bulletin.ts';
import type { Risk } from '#contract/alert.ts';
import { meetingSteps, risks } from '#contract/kinds.ts';
import { newestOutcomes, newestStations, type Span } from './figures.ts';
import type { BulletinRows, IncidentRow } from './rows.ts';

export interface OpenCase {
  incident: IncidentRow;
  stationId: string | null;
  risk: Risk;
}

/** The highest risk that its alerts named. */
const riskOf = ({ alerts }: IncidentRow): Risk =>
  risks.find(risk => alerts.some(alert => alert.risk === risk)) ?? 'low';

/** Opened before the end of the span and not cleared: not closed, not another county's, and its last order not fed back. Oldest first. */
export function openCases(rows: BulletinRows, { toMs }: Span): OpenCase[] {
  const stations = newestStations(rows.orders);
  const cleared = new Set(
    [...lastOrders(rows).values()].filter(({ fedBack }) => fedBack !== null).map(order => order.incidentId),
  );
  return rows.incidents
    .filter(
      ({ id, openedMs, closedMs, handedOverMs }) =>
        openedMs < toMs && closedMs === null && handedOverMs === null && !cleared.has(id),
    )
    .map(incident => ({ incident, stationId: stations.get(incident.id) ?? null, risk: riskOf(incident) }))
    .toSorted(
      (a, b) => a.incident.openedMs - b.incident.openedMs || (a.incident.id < b.incident.id ? -1 : 1),
    );
}

function lastOrders({ orders }: BulletinRows) {
  const last = new Map<string, (typeof orders)[number]>();
  for (const order of orders) {
    const before = last.get(order.incidentId);
    if (
      !before ||
      order.issuedMs > before.issuedMs ||
      (order.issuedMs === before.issuedMs && order.id > before.id)
    )
      last.set(order.incidentId, order);
  }
  return last;
}

interface Telling extends OpenCase {
  alertToMetS: number;
  heldAmount: number;
}

/**
 * The case worth telling: opened in the span, met face to face, nothing transferred after the alert. Of these the highest risk first,
 * then where money was held, then the shortest time from the alert to the meeting.
 */
export function tellingCase(rows: BulletinRows, span: Span, stationId?: string | null): Telling | null {
  const outcomes = newestOutcomes(rows.outcomes);
  const stations = newestStations(rows.orders);
  const told = rows.incidents.flatMap((incident): Telling[] => {
    const { id, openedMs } = incident;
    const station = stations.get(id) ?? null;
    if (openedMs < span.fromMs || openedMs >= span.toMs || outcomes.get(id)?.transferred) return [];
    if (stationId !== undefined && station !== stationId) return [];
    const met = [
      ...rows.meetings.filter(({ incidentId }) => incidentId === id),
      ...rows.orders.flatMap(({ incidentId, met: at }) => (incidentId === id && at ? [at] : [])),
    ].map(({ atMs }) => atMs);
    if (met.length === 0) return [];
    const held = rows.stops.filter(({ incidentId, state }) => incidentId === id && state === 'confirmed');
    return [
      {
        incident,
        stationId: station,
        risk: riskOf(incident),
        alertToMetS: Math.max(0, Math.round((Math.min(...met) - openedMs) / 1000)),
        heldAmount: held.reduce((sum, stop) => sum + (stop.held ?? 0), 0),
      },
    ];
  });
  const order = (a: Telling, b: Telling) =>
    risks.indexOf(a.risk) - risks.indexOf(b.risk) ||
    Number(b.heldAmount > 0) - Number(a.heldAmount > 0) ||
    a.alertToMetS - b.alertToMetS ||
    (a.incident.id < b.incident.id ? -1 : 1);
  return told.toSorted(order)[0] ?? null;
}

/** One row of the log about the case. */
export interface LogFact {
  kind: string;
  observedAt: string;
  payload: Record<string, unknown>;
}

/** The log of a case as what is worth saying; many attempts are one sentence. `nameOf`: a station's. */
export function toldFacts(log: readonly LogFact[], nameOf: (stationId: string) => string | null): CaseFact[] {
  // Only the last word on what is held is told.
  const corrected = new Map(
    log.flatMap(({ kind, payload }): [unknown, never][] =>
      kind === 'stopCorrected' ? [[payload['stopId'], payload['amountHeld'] as never]] : [],
    ),
  );
  const facts = log.flatMap(({ kind, observedAt: at, payload }): CaseFact[] => {
    const text = (name: string) => payload[name] as never;
    switch (kind) {
      case 'alertReceived':
        return [
          {
            kind: 'alert',
            at,
            risk: text('risk'),
            scamType: text('scamType'),
            amount: text('amount') ?? null,
          },
        ];
      case 'orderIssued':
        return [{ kind: 'order', at, station: nameOf(text('stationId')) }];
      case 'orderMoved': {
        const step = payload['to'];
        return step === 'acknowledged' || step === 'underWay' ? [{ kind: step, at }] : [];
      }
      case 'meetingHeld':
        return [{ kind: 'meeting', at: text('at'), officers: text('officers'), sworn: text('sworn') }];
      case 'meetingStepDone':
        return [{ kind: 'step', at, step: meetingSteps[Number(payload['step']) - 1]!, done: text('done') }];
      case 'stopMoved':
        return payload['to'] === 'confirmed'
          ? [{ kind: 'held', at, amount: corrected.get(text('stopId')) ?? text('amountHeld') ?? 0 }]
          : [];
      case 'incidentClosed':
        return [{ kind: 'closed', at, outcome: text('outcome') }];
      default:
        return [];
    }
  });
  return [...facts, ...together(log)].toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

function together(log: readonly LogFact[]): CaseFact[] {
  const calls = log.filter(({ kind }) => kind === 'contactMade');
  const asked = log.filter(({ kind, payload }) => kind === 'traceRequestMoved' && payload['to'] === 'sent');
  const answered = log.filter(
    ({ kind, payload }) => kind === 'traceRequestMoved' && payload['to'] === 'answered',
  );
  const reached = ['answered', 'denied', 'reached'];
  return [
    ...calls.slice(0, 1).map(
      ({ observedAt: at }): CaseFact => ({
        kind: 'contacts',
        at,
        attempts: calls.length,
        answered: calls.filter(({ payload }) => reached.includes(String(payload['outcome']))).length,
      }),
    ),
    ...asked.slice(0, 1).map(
      ({ observedAt: at }): CaseFact => ({
        kind: 'trace',
        at,
        asked: asked.length,
        answered: answered.length,
      }),
    ),
  ];
}
