/**
 * The board of a day, worked out from what is written down: nothing runs at midnight and nothing is moved, so nothing can get
 * lost there. What was open at any instant of the day is on its board, however old it is.
 */
import type { ClearBoard, ClearItem } from '#contract/clear.ts';
import { dayMs, dayOf, dayStartMs } from '#domain/shanghai.ts';
import { type ClearRow, clearRows } from '../../../db/queries/loop/clear.ts';
import type { Actor } from '../../auth/actor.ts';
import { can } from '../../auth/policy.ts';
import { contextOf, listReach } from '../../auth/reach.ts';
import type { AppDeps } from '../../deps.ts';
import { forecastsOf } from './forecast.ts';

const iso = (ms: number) => new Date(ms).toISOString();

/** The board of a day (YYYY-MM-DD, in Shanghai; default today) as far as the actor's reach goes. */
export async function clearBoard(
  deps: Pick<AppDeps, 'clock' | 'database' | 'live' | 'foresight'>,
  actor: Actor,
  asked: string | undefined,
): Promise<ClearBoard> {
  const nowMs = deps.clock.now();
  const day = asked ?? dayOf(nowMs);
  const fromMs = dayStartMs(day);
  const toMs = fromMs + dayMs;
  const found = await deps.database.read(
    tx => clearRows(tx, listReach(actor, 'clear.read'), { day, from: iso(fromMs), to: iso(toMs) }),
    contextOf(actor),
  );
  const over = toMs <= nowMs;
  const open = found.flatMap(({ incidentId, clearedMs }) => (clearedMs === null ? [incidentId] : []));
  await deps.live.caughtUp();
  const forecastOf = await forecastsOf(deps.foresight, deps.live.world(), open, over);
  const named = can(actor, 'order.read') === 'allow';
  const dueMs = Math.max(...found.flatMap(({ clock }) => (clock && clock.dueMs < toMs ? [clock.dueMs] : [])));
  const hourMs = dueMs >= fromMs ? dueMs : toMs;
  const items = found.map(row => itemOf(row, { fromMs, named, forecastOf })).toSorted(byUrgency);
  const count = (which: (item: ClearItem) => boolean) => items.filter(which).length;
  const isOpen = (item: ClearItem) => item.clearedAt === null || Date.parse(item.clearedAt) >= toMs;
  return {
    day,
    today: day === dayOf(nowMs),
    asOf: iso(nowMs),
    dueAt: iso(hourMs),
    counts: {
      opened: count(item => item.ageDays === 0),
      earlier: count(item => item.ageDays > 0),
      cleared: count(item => !isOpen(item)),
      open: count(isOpen),
      willNotClear: count(item => isOpen(item) && item.forecast?.breach === true),
      unanswered: count(item => isOpen(item) && item.ageDays > 0 && item.answeredBy === null),
    },
    items,
  };
}

interface Shown {
  fromMs: number;
  named: boolean;
  forecastOf: (incidentId: string) => NonNullable<ClearItem['forecast']>;
}

function itemOf(row: ClearRow, { fromMs, named, forecastOf }: Shown): ClearItem {
  const { incidentId, number, risk, scamType, order, owner, answeredBy, clearedMs, openedMs } = row;
  const openedDay = dayOf(openedMs);
  return {
    incidentId,
    number,
    openedDay,
    ageDays: Math.round((fromMs - dayStartMs(openedDay)) / dayMs),
    openedAt: iso(openedMs),
    risk,
    scamType,
    stationId: order?.stationId ?? row.stationId,
    orderState: order?.state ?? null,
    clearedAt: clearedMs === null ? null : iso(clearedMs),
    owner,
    answeredBy,
    officerCount: order?.officers.length ?? 0,
    ...(named && { officers: order?.officers ?? [] }),
    forecast: clearedMs === null ? forecastOf(incidentId) : null,
  };
}

/** Earlier days first, oldest first; then what will not clear, what is open, what is cleared. */
function byUrgency(a: ClearItem, b: ClearItem): number {
  const rank = ({ clearedAt, forecast, ageDays }: ClearItem) => {
    if (clearedAt !== null) return 3;
    if (ageDays > 0) return 0;
    return forecast?.breach ? 1 : 2;
  };
  return (
    rank(a) - rank(b) || (a.openedAt < b.openedAt ? -1 : a.openedAt > b.openedAt ? 1 : a.number - b.number)
  );
}
