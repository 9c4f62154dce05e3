/** Beliefs and plans as they are kept: JSON, gzip, with every sentence in both languages. */
import { gunzipSync, gzipSync } from 'node:zlib';
import type { PlannedTask, PlanView, Question } from '#contract/plan.ts';
import type { BelievedPlace, PosteriorView } from '#contract/posterior.ts';

export type Lang = 'zh' | 'en';
/** A sentence in the languages of the screens. */
export type Words = Record<Lang, string>;

type Worded<T, K extends keyof T> = Omit<T, K> & { [P in K]: T[P] extends string[] ? Words[] : Words };
type Warning = PosteriorView['warnings'][number];
type Unavailable = PlanView['unavailable'][number];
type Intercept = PlanView['intercept'][number];

/** What is kept of a belief. When it was made, and with which facts, stands beside it. */
export type PosteriorRecord = Omit<PosteriorView, 'seq' | 'at' | 'places' | 'warnings'> & {
  places: Worded<BelievedPlace, 'why'>[];
  warnings: Worded<Warning, 'text'>[];
};

/** What is kept of a plan; the curve as far as anybody may ask. */
export type PlanRecord = Omit<
  PlanView,
  'seq' | 'at' | 'routes' | 'questions' | 'unavailable' | 'intercept'
> & {
  routes: (Omit<PlanView['routes'][number], 'tasks'> & { tasks: Worded<PlannedTask, 'why'>[] })[];
  questions: Worded<Question, 'text'>[];
  unavailable: Worded<Unavailable, 'why'>[];
  intercept: Worded<Intercept, 'why'>[];
};

/** Fast rather than small: it is done for every fact. */
const level = 3;

/** In memory of its own, to be handed to another thread. */
export function pack(record: PosteriorRecord | PlanRecord): Uint8Array<ArrayBuffer> {
  return new Uint8Array(gzipSync(JSON.stringify(record), { level }));
}

const unpack = (bytes: Uint8Array): unknown => JSON.parse(gunzipSync(bytes).toString());

/** When a belief was made, and with which facts. */
interface Stamp {
  seq: number;
  atMs: number;
}

/** A kept belief as it is answered. */
export function posteriorView(bytes: Uint8Array, { seq, atMs }: Stamp, lang: Lang): PosteriorView {
  const { places, warnings, ...rest } = unpack(bytes) as PosteriorRecord;
  return {
    seq,
    at: new Date(atMs).toISOString(),
    ...rest,
    places: places.map(place => ({ ...place, why: place.why.map(words => words[lang]) })),
    warnings: warnings.map(warning => ({ ...warning, text: warning.text[lang] })),
  };
}

export type Area = PosteriorView['regions']['p50'];

/** Of a kept belief nothing but the outlines. */
export function outlinesOf(bytes: Uint8Array): { p50: Area; p80: Area; p95: Area } {
  const { p50, p80, p95 } = (unpack(bytes) as PosteriorRecord).regions;
  return { p50, p80, p95 };
}

/** When a kept plan finds her as likely as not, ms. */
export function likelyFoundMs(bytes: Uint8Array, atMs: number): number | undefined {
  const { pFoundBy } = unpack(bytes) as PlanRecord;
  const minute = pFoundBy.find(({ p }) => p >= 0.5)?.minute;
  return minute === undefined ? undefined : atMs + minute * 60_000;
}

/** A kept plan as it is answered, its curve to `horizonMin`. */
export function planView(
  bytes: Uint8Array,
  { seq, atMs }: Stamp,
  { lang, horizonMin }: { lang: Lang; horizonMin: number },
): PlanView {
  const { routes, questions, unavailable, intercept, pFoundBy, ...rest } = unpack(bytes) as PlanRecord;
  const why = <T extends { why: Words }>(each: T) => ({ ...each, why: each.why[lang] });
  return {
    seq,
    at: new Date(atMs).toISOString(),
    ...rest,
    routes: routes.map(route => ({ ...route, tasks: route.tasks.map(why) })),
    pFoundBy: pFoundBy.filter(({ minute }) => minute <= horizonMin),
    questions: questions.map(question => ({ ...question, text: question.text[lang] })),
    unavailable: unavailable.map(why),
    intercept: intercept.map(why),
  };
}
