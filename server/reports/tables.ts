/** The bulletin as tables of text: what the workbook and the paper have in common. Pure. */
import {
  assessedNames,
  type Bulletin,
  type BulletinRow,
  figureGroups,
  type FigureName,
  figureNames,
  hitsOf,
  type Rate,
  type RateName,
  rateNames,
  timedSteps,
  weights,
} from '#contract/bulletin.ts';
import { bulletinWords as words } from '#contract/bulletin-words.ts';
import { dayMs, shanghaiMs } from '#domain/shanghai.ts';

export type Cell = string | number | null;
export interface Table {
  title: string;
  head: string[];
  rows: Cell[][];
}

/** 2026-11-22 09:35 in Shanghai. */
export const stamp = (iso: string): string =>
  new Date(Date.parse(iso) + shanghaiMs).toISOString().slice(0, 16).replace('T', ' ');
const lastDay = (to: string) => stamp(new Date(Date.parse(to) - dayMs).toISOString()).slice(0, 10);

export const percent = (share: number | null): string =>
  share === null ? words.none : `${(share * 100).toFixed(1)}%`;

/** `98.3% (57/58)` with its interval: a rate never stands without its count. */
const rateText = (rate: Rate, hits: number): string =>
  rate.value === null
    ? words.none
    : `${percent(rate.value)}（${hits}/${rate.of}，${percent(rate.lo)}–${percent(rate.hi)}）`;

export const nameOf = ({ stationId, name }: Pick<BulletinRow, 'stationId' | 'name'>): string =>
  name ?? (stationId === null ? words.noStation : words.goneStation(stationId));

export const spanText = ({ from, to }: { from: string; to: string }): string =>
  `${stamp(from).slice(0, 10)} – ${lastDay(to)}`;

interface Columns {
  figures: readonly FigureName[];
  rates: readonly RateName[];
}
const allColumns: Columns = { figures: figureNames, rates: rateNames };

const figureCells = (row: BulletinRow, { figures, rates }: Columns): Cell[] => [
  ...figures.map(name => row.figures[name]),
  ...rates.map(name => rateText(row.rates[name], row.figures[hitsOf[name]])),
];

interface Rows {
  stations: readonly BulletinRow[];
  total: BulletinRow;
  /** Undefined: not asked for. Null: there is none. */
  yearBefore?: BulletinRow | null;
}

function figureTable(title: string, { stations, total, yearBefore }: Rows, columns: Columns): Table {
  const rows: Cell[][] = [
    ...stations.map(row => [nameOf(row), ...figureCells(row, columns)]),
    [words.total, ...figureCells(total, columns)],
  ];
  if (yearBefore) rows.push([words.yearBefore, ...figureCells(yearBefore, columns)]);
  if (yearBefore === null) rows.push([words.yearBefore, words.noYearBefore]);
  const { figures, rates } = columns;
  return {
    title,
    head: [
      words.station,
      ...figures.map(name => words.figures[name]),
      ...rates.map(name => words.rates[name]),
    ],
    rows,
  };
}

function timeTable({ stations, total }: Bulletin): Table {
  const cells = ({ figures }: BulletinRow): Cell[] => timedSteps.flatMap((step): Cell[] => figures[step]);
  return {
    title: words.times,
    head: [
      words.station,
      ...timedSteps.flatMap(step => words.buckets[step].map(bucket => `${words.steps[step]} ${bucket}`)),
    ],
    rows: [...stations.map(row => [nameOf(row), ...cells(row)]), [words.total, ...cells(total)]],
  };
}

function assessmentTable({ assessment }: Bulletin): Table {
  return {
    title: words.assessment,
    head: [
      words.place,
      words.station,
      words.points,
      ...assessedNames.map(name => `${words.assessed[name]}（${words.weight(weights[name])}）`),
    ],
    rows: assessment.map(({ place, name, points, shares }) => [
      place,
      name,
      points,
      ...assessedNames.map(each => percent(shares[each])),
    ]),
  };
}

const unclosedTable = ({ unclosed }: Bulletin): Table => ({
  title: words.unclosed,
  head: [...words.unclosedColumns],
  rows: unclosed.map(({ day, number, stationName, risk, ageDays, owner }) => [
    words.incident(day, number),
    stationName ?? words.noStation,
    words.risks[risk],
    words.days(ageDays),
    owner ?? words.nobody,
  ]),
});

const revisionTable = ({ revisions, stations }: Bulletin): Table => {
  const named = new Map(stations.map(row => [row.stationId, nameOf(row)]));
  return {
    title: words.revisions,
    head: [words.station, words.revisions],
    rows: revisions.map(({ stationId, total, figure, before, after, at }) => [
      total ? words.total : (named.get(stationId) ?? words.noStation),
      words.revised(words.figures[figure], String(before), String(after), stamp(at)),
    ]),
  };
};

/** The typical case as sentences for forwarding: no name, no place. */
export function caseSentences({ typicalCase }: Bulletin): string[] {
  if (!typicalCase) return [words.noTypical];
  const { nameMasked, scamType, stationName, alertToMetS, heldAmount, facts } = typicalCase;
  return [
    words.typicalHead(nameMasked ?? words.someone, scamType, stationName ?? words.noStation),
    ...facts.map(told => words.fact(told, stamp(told.at))),
    words.typicalSum(words.duration(alertToMetS), String(heldAmount)),
  ];
}

export const slowestSentences = ({ slowest }: Bulletin): string[] =>
  slowest.map(({ step, stationId, name, seconds }) =>
    words.slowestIs(words.steps[step], nameOf({ stationId, name }), words.duration(seconds)),
  );

interface BulletinTables {
  week: Table;
  times: Table;
  year: Table;
  assessment: Table;
  unclosed: Table;
  revisions: Table;
}

/** Every table of a bulletin; the year's ends with the same days of the year before, or says that there is nothing. */
export const tablesOf = (bulletin: Bulletin): BulletinTables => ({
  week: figureTable(words.week, bulletin, allColumns),
  times: timeTable(bulletin),
  year: figureTable(words.yearToDate, bulletin.yearToDate, allColumns),
  assessment: assessmentTable(bulletin),
  unclosed: unclosedTable(bulletin),
  revisions: revisionTable(bulletin),
});

/** The figures in tables that are no wider than a sheet of paper. */
export const narrowTables = (title: string, rows: Rows): Table[] =>
  figureGroups.map(columns => figureTable(title, rows, columns));
