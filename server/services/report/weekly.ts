import type { Bulletin, TypicalCase, Unclosed } from '#contract/bulletin.ts';
import { CodedError } from '#contract/errors.ts';
import { dayMs, dayOf, dayStartMs } from '#domain/shanghai.ts';
import {
  bulletinRows,
  caseLog,
  caseName,
  ownersAsOf,
  stationNames,
} from '../../../db/queries/loop/bulletin.ts';
import { SYSTEM, type Tx } from '../../../db/transaction.ts';
import type { Actor } from '../../auth/actor.ts';
import { maskName } from '../../auth/masking.ts';
import { listReach } from '../../auth/reach.ts';
import type { ServiceDeps } from '../../deps.ts';
import { countWeek, spansOf, type StationName } from '../../reports/bulletin.ts';
import { type OpenCase, openCases, tellingCase, toldFacts } from '../../reports/cases.ts';
import { asKnown, type BulletinRows } from '../../reports/rows.ts';

/** Orders and revisits of incidents from before the year are still counted by them. */
const earlierMs = 92 * dayMs;
const iso = (ms: number) => new Date(ms).toISOString();

export interface WeekAsked {
  week: string;
  asOf?: string | undefined;
}

/**
 * The bulletin of a week as it was known at an instant. Counts are of all stations for everybody who may read reports, so the
 * system reads the rows; single incidents are told only within the actor's own reach. Throws badRequest for a week that there is not,
 * or that has not begun, and for an instant in the future.
 */
export async function weeklyBulletin(
  deps: ServiceDeps,
  actor: Actor,
  { week, asOf }: WeekAsked,
): Promise<Bulletin> {
  const nowMs = deps.clock.now();
  const asOfMs = asOf === undefined ? nowMs : Date.parse(asOf);
  const spans = spansOf(week);
  if (!spans) throw new CodedError('badRequest', `query field week: the year has no week ${week}`);
  if (asOfMs > nowMs) throw new CodedError('badRequest', 'query field asOf: expected a time that has been');
  if (spans.week.fromMs > asOfMs)
    throw new CodedError('badRequest', `query field week: ${week} had not begun at ${iso(asOfMs)}`);
  const scope = { since: iso(spans.yearBefore.fromMs - earlierMs), until: iso(asOfMs) };
  const reach = listReach(actor, 'incident.read');
  const own = reach === 'all' ? undefined : reach.stationId;
  return deps.database.read(async tx => {
    const all = await bulletinRows(tx, scope);
    const stations = await stationNames(tx);
    const rows = asKnown(all, asOfMs);
    const at = { stations, asOf: iso(asOfMs) };
    const mine = ({ stationId }: OpenCase) => own === undefined || (own !== null && stationId === own);
    const open = openCases(rows, spans.week).filter(mine);
    return {
      ...countWeek(all, stations, { week, asOfMs }),
      unclosed: await unclosed(tx, open, at),
      typicalCase: own === null ? null : await typical(tx, rows, { ...at, span: spans.week, own }),
    };
  }, SYSTEM);
}

interface At {
  stations: readonly StationName[];
  asOf: string;
}

const nameIn = (stations: readonly StationName[], stationId: string | null): string | null =>
  stations.find(({ id }) => id === stationId)?.name ?? null;

const named = ({ incident, stationId, risk }: OpenCase, stations: readonly StationName[]) => ({
  incidentId: incident.id,
  day: dayOf(incident.openedMs),
  number: incident.number,
  stationId,
  stationName: nameIn(stations, stationId),
  risk,
});

async function unclosed(tx: Tx, open: readonly OpenCase[], { stations, asOf }: At): Promise<Unclosed[]> {
  const ids = open.map(({ incident }) => incident.id);
  const owners = new Map((await ownersAsOf(tx, ids, asOf)).map(({ incidentId, name }) => [incidentId, name]));
  const today = dayStartMs(dayOf(Date.parse(asOf)));
  return open.map(each => ({
    ...named(each, stations),
    openedAt: iso(each.incident.openedMs),
    ageDays: Math.round((today - dayStartMs(dayOf(each.incident.openedMs))) / dayMs),
    owner: owners.get(each.incident.id) ?? null,
  }));
}

async function typical(
  tx: Tx,
  rows: BulletinRows,
  { stations, asOf, span, own }: At & { span: { fromMs: number; toMs: number }; own: string | undefined },
): Promise<TypicalCase | null> {
  const told = tellingCase(rows, span, own);
  if (!told) return null;
  const { id } = told.incident;
  const subject = await caseName(tx, id);
  return {
    ...named(told, stations),
    nameMasked: subject ? maskName(subject.name) : null,
    scamType: told.incident.scamType,
    alertToMetS: told.alertToMetS,
    heldAmount: told.heldAmount,
    facts: toldFacts(await caseLog(tx, id, asOf), stationId => nameIn(stations, stationId)),
  };
}
