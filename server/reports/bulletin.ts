/** The bulletin of one week as it was known at one instant: from rows alone, so that the same instant gives the same bulletin. Pure. */
import { weekStartMs } from '#contract/audit.ts';
import {
  type Bulletin,
  type BulletinRow,
  type Figures,
  figureNames,
  type Revision,
  timedSteps,
} from '#contract/bulletin.ts';
import { dayMs, dayOf, dayStartMs } from '#domain/shanghai.ts';
import { assess } from './assessment.ts';
import { figuresOf, ratesOf, type Span, sumOf } from './figures.ts';
import { asKnown, type BulletinRows, knownInstants, ofIncidents } from './rows.ts';

export interface StationName {
  id: string;
  name: string;
}

/** From the bulletin's rows alone; what is still open and the typical case need more than counts. */
type Counted = Omit<Bulletin, 'unclosed' | 'typicalCase'>;

const weekMs = 7 * dayMs;
/** The bulletin lies on the desk at eight on Monday. */
const publishedAfterMs = 8 * 3_600_000;
const iso = (ms: number) => new Date(ms).toISOString();

/** The spans that a week's bulletin speaks of. */
interface Spans {
  week: Span;
  publishedMs: number;
  year: Span;
  yearBefore: Span;
}

/** Undefined when the year has no such week. A year to date begins on 1 January of the year that the week counts to. */
export function spansOf(week: string): Spans | undefined {
  const fromMs = weekStartMs(week);
  if (fromMs === undefined) return undefined;
  const toMs = fromMs + weekMs;
  const year = Number(week.slice(0, 4));
  const lastDay = dayOf(toMs - 1);
  // The last days of a year can belong to the first week of the next, which then has only just begun.
  const yearFromMs = Math.min(dayStartMs(`${year}-01-01`), fromMs);
  const before = (ms: number) => {
    const day = dayOf(ms);
    const sameDay = `${Number(day.slice(0, 4)) - 1}${day.slice(4)}`;
    // 29 February: there was none.
    return Number.isNaN(Date.parse(sameDay))
      ? dayStartMs(`${sameDay.slice(0, 4)}-03-01`)
      : dayStartMs(sameDay);
  };
  return {
    week: { fromMs, toMs },
    publishedMs: toMs + publishedAfterMs,
    year: { fromMs: yearFromMs, toMs },
    yearBefore: { fromMs: before(yearFromMs), toMs: before(dayStartMs(lastDay)) + dayMs },
  };
}

/** Everything that is counted of a week, from all rows since the year before. */
export function countWeek(
  all: BulletinRows,
  stations: readonly StationName[],
  { week, asOfMs }: { week: string; asOfMs: number },
): Counted {
  const spans = spansOf(week)!;
  const rows = asKnown(all, asOfMs);
  const ofWeek = table(figuresOf(rows, spans.week, asOfMs), stations);
  const ofYear = table(figuresOf(rows, spans.year, asOfMs), stations);
  const yearBefore = table(figuresOf(rows, spans.yearBefore, asOfMs), stations).total;
  return {
    week,
    from: iso(spans.week.fromMs),
    to: iso(spans.week.toMs),
    asOf: iso(asOfMs),
    publishedAt: iso(spans.publishedMs),
    ...ofWeek,
    slowest: slowest(ofWeek.stations),
    revisions: revisions(all, spans, asOfMs),
    yearToDate: {
      from: iso(spans.year.fromMs),
      to: iso(spans.year.toMs),
      ...ofYear,
      yearBefore: isNothing(yearBefore.figures) ? null : yearBefore,
    },
    assessment: assess(ofYear.stations),
  };
}

/** A row a station, those of the region in their order, then those that are no more; the last one for no station, if it has anything. */
function table(
  found: ReadonlyMap<string | null, Figures>,
  stations: readonly StationName[],
): { stations: BulletinRow[]; total: BulletinRow } {
  const known = new Set<string | null>(stations.map(({ id }) => id));
  const gone = [...found.keys()].filter(id => id !== null && !known.has(id)).toSorted(nullLast);
  const nothing = sumOf([]);
  const row = (stationId: string | null, name: string | null, figures: Figures): BulletinRow => ({
    stationId,
    name,
    figures,
    rates: ratesOf(figures),
  });
  return {
    stations: [
      ...stations.map(({ id, name }) => row(id, name, found.get(id) ?? nothing)),
      ...gone.map(id => row(id, null, found.get(id)!)),
      ...(found.has(null) ? [row(null, null, found.get(null)!)] : []),
    ],
    total: row(null, null, sumOf(found.values())),
  };
}

const nullLast = (a: string | null, b: string | null) => ((a ?? '~') < (b ?? '~') ? -1 : 1);

const isNothing = ({ issued, due, warned, stopsRequested }: Figures) =>
  issued + due + warned + stopsRequested === 0;

function slowest(stations: readonly BulletinRow[]): Bulletin['slowest'] {
  return timedSteps.flatMap(step => {
    const taken = stations.flatMap(({ stationId, name, figures }) => {
      const seconds = figures.slowestS[step];
      return stationId === null || seconds === null ? [] : [{ step, stationId, name, seconds }];
    });
    const most = Math.max(...taken.map(({ seconds }) => seconds));
    return taken.filter(({ seconds }) => seconds === most).slice(0, 1);
  });
}

/**
 * Which figures differ from the week's own bulletin, and when each last changed: the week is counted again at each instant at which
 * anything about its incidents became known. Those are few.
 */
function revisions(all: BulletinRows, { week, publishedMs }: Spans, asOfMs: number): Revision[] {
  if (asOfMs <= publishedMs) return [];
  const rows = ofIncidents(all, touched(all, week));
  const at = (ms: number) => figuresOf(asKnown(rows, ms), week, ms);
  const published = at(publishedMs);
  const changed = new Map<string, number>();
  let last = published;
  for (const ms of knownInstants(rows, publishedMs, asOfMs)) {
    const now = at(ms);
    for (const key of differences(last, now)) changed.set(key, ms);
    last = now;
  }
  const totals = { before: sumOf(published.values()), after: sumOf(last.values()) };
  const nothing = sumOf([]);
  const ids = [...new Set([...published.keys(), ...last.keys()])].toSorted(nullLast);
  const list = (stationId: string | null, total: boolean, before: Figures, after: Figures, key: string) =>
    figureNames.flatMap((figure): Revision[] => {
      if (before[figure] === after[figure]) return [];
      const ms = changed.get(`${key} ${figure}`)!;
      return [{ stationId, total, figure, before: before[figure], after: after[figure], at: iso(ms) }];
    });
  return [
    ...list(null, true, totals.before, totals.after, 'total'),
    ...ids.flatMap(id =>
      list(id, false, published.get(id) ?? nothing, last.get(id) ?? nothing, `station ${id ?? ''}`),
    ),
  ];
}

/** The figures that two counts do not share, as `station ID FIGURE` and `total FIGURE`. */
function differences(
  a: ReadonlyMap<string | null, Figures>,
  b: ReadonlyMap<string | null, Figures>,
): string[] {
  const nothing = sumOf([]);
  const between = (key: string, one: Figures, other: Figures) =>
    figureNames.filter(name => one[name] !== other[name]).map(name => `${key} ${name}`);
  return [
    ...between('total', sumOf(a.values()), sumOf(b.values())),
    ...[...new Set([...a.keys(), ...b.keys()])].flatMap(id =>
      between(`station ${id ?? ''}`, a.get(id) ?? nothing, b.get(id) ?? nothing),
    ),
  ];
}

/** The incidents that the figures of a span can depend on. */
function touched(rows: BulletinRows, { fromMs, toMs }: Span): Set<string> {
  const inside = (ms: number | null) => ms !== null && ms >= fromMs && ms < toMs;
  return new Set([
    ...rows.incidents.filter(({ openedMs }) => inside(openedMs)).map(({ id }) => id),
    ...rows.orders
      .filter(({ issuedMs, meetDueMs }) => inside(issuedMs) || inside(meetDueMs))
      .map(({ incidentId }) => incidentId),
    ...rows.stops.filter(({ requestedMs }) => inside(requestedMs)).map(({ incidentId }) => incidentId),
    ...rows.revisits.filter(({ dueMs }) => inside(dueMs)).map(({ incidentId }) => incidentId),
    ...rows.checks.filter(({ weekMs: monday }) => inside(monday)).map(({ incidentId }) => incidentId),
  ]);
}
