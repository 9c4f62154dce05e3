/** Which looks of a week somebody should ask about. Pure: what happened goes in, findings come out. */
import type { FindingKind, FindingNumbers } from '#contract/audit.ts';
import { shanghaiMs } from '#domain/shanghai.ts';

/** One audited look, or a refused one. */
export interface LookAct {
  userId: string;
  role: string;
  incidentId: string;
  subjectId: string;
  atMs: number;
  refused: boolean;
  /** Refused because, among others, the user was not on the incident. */
  stranger: boolean;
}

/** Something that a person did about an incident, by the log. */
export interface Work {
  incidentId: string;
  atMs: number;
}

/** When a user was on shift by the roster, ms. */
export type Shifts = readonly (readonly [startMs: number, endMs: number])[];

export interface WeekOfLooks {
  nowMs: number;
  looks: readonly LookAct[];
  work: readonly Work[];
  /** Shifts of users whom the roster knows, in the week and the days around; users without an entry cannot be judged. */
  shifts: ReadonlyMap<string, Shifts>;
  /** Incidents whose subject has the number of an officer. */
  colleagues: ReadonlySet<string>;
}

export interface FoundUnusual {
  kind: FindingKind;
  userId: string;
  /** Null: about all that the user did in the week. */
  incidentId: string | null;
  numbers: FindingNumbers;
}

/** A shift covers so much before and after it: hand-over takes time. */
const graceMs = 30 * 60_000;
/** Something must have come of a look within this. */
const followUpMs = 24 * 3_600_000;
/** Refusals on one incident from which on it is no slip. */
const refusalsAtLeast = 3;
/** So many subjects in a week are nothing yet, whatever the colleagues did. */
const subjectsAtLeast = 5;
/** With fewer colleagues than this there is nobody to compare with, and the count alone decides. */
const colleaguesAtLeast = 3;
const subjectsAlone = 20;
/** Modified z-score above which a value is an outlier (Iglewicz and Hoaglin 1993). */
const outlier = 3.5;
/** Makes the median absolute deviation of a normal distribution its standard deviation. */
const madToSd = 1.4826;

const hourMs = 3_600_000;

export function unusualLooks(week: WeekOfLooks): FoundUnusual[] {
  const seen = week.looks.filter(({ refused }) => !refused);
  return [
    ...manySubjects(seen),
    ...pairsOf(seen).flatMap(looks => [
      ...offDuty(looks, week),
      ...atNight(looks, week),
      ...noFollowUp(looks, week),
      ...onColleague(looks, week),
    ]),
    ...pairsOf(week.looks.filter(({ refused }) => refused)).flatMap(refusals),
  ];
}

/** The looks of one user at one incident, in order of time; at least one. */
type Pair = readonly LookAct[] & { 0: LookAct };

function pairsOf(looks: readonly LookAct[]): Pair[] {
  const byPair = Map.groupBy(looks, ({ userId, incidentId }) => `${userId} ${incidentId}`);
  return [...byPair.values()].map(
    pair => pair.toSorted((a, b) => a.atMs - b.atMs) as [LookAct, ...LookAct[]],
  );
}

const found = (kind: FindingKind, [{ userId, incidentId }]: Pair, numbers: FindingNumbers): FoundUnusual => ({
  kind,
  userId,
  incidentId,
  numbers,
});

/** Far more people than colleagues of the role looked at: by median and median absolute deviation of the others. */
function manySubjects(looks: readonly LookAct[]): FoundUnusual[] {
  const counts = [...Map.groupBy(looks, ({ userId }) => userId).values()].map(mine => ({
    userId: mine[0]!.userId,
    role: mine[0]!.role,
    subjects: new Set(mine.map(({ subjectId }) => subjectId)).size,
  }));
  return counts.flatMap(({ userId, role, subjects }) => {
    const others = counts
      .filter(each => each.role === role && each.userId !== userId)
      .map(each => each.subjects);
    if (subjects < subjectsAtLeast) return [];
    if (others.length < colleaguesAtLeast) {
      const numbers = { subjects, colleagues: others.length, limit: subjectsAlone };
      return subjects >= subjectsAlone ? [{ kind: 'manySubjects', userId, incidentId: null, numbers }] : [];
    }
    const typical = median(others);
    // Where all colleagues are alike, one more or less is still alike.
    const spread = Math.max(1, madToSd * median(others.map(count => Math.abs(count - typical))));
    const limit = typical + outlier * spread;
    const numbers = { subjects, colleagues: others.length, typical, limit: Math.round(limit * 10) / 10 };
    return subjects > limit ? [{ kind: 'manySubjects' as const, userId, incidentId: null, numbers }] : [];
  });
}

function offDuty(looks: Pair, { shifts }: WeekOfLooks): FoundUnusual[] {
  const mine = shifts.get(looks[0].userId);
  if (!mine) return [];
  const off = looks.filter(({ atMs }) => !onShift(mine, atMs));
  return off.length > 0 ? [found('offDuty', looks, { looks: looks.length, offDuty: off.length })] : [];
}

function atNight(looks: Pair, { shifts }: WeekOfLooks): FoundUnusual[] {
  const mine = shifts.get(looks[0].userId);
  const night = looks.filter(({ atMs }) => isNight(atMs) && !(mine && onShift(mine, atMs)));
  return night.length > 0 ? [found('night', looks, { looks: looks.length, atNight: night.length })] : [];
}

/** Nobody did anything about the incident within a day of the first look: what was it for? */
function noFollowUp(looks: Pair, { nowMs, work }: WeekOfLooks): FoundUnusual[] {
  const { atMs: firstMs, incidentId } = looks[0];
  if (nowMs - firstMs < followUpMs) return [];
  const followed = work.some(
    each => each.incidentId === incidentId && each.atMs > firstMs && each.atMs < firstMs + followUpMs,
  );
  return followed ? [] : [found('noFollowUp', looks, { looks: looks.length, hours: followUpMs / hourMs })];
}

function onColleague(looks: Pair, { colleagues }: WeekOfLooks): FoundUnusual[] {
  return colleagues.has(looks[0].incidentId) ? [found('colleague', looks, { looks: looks.length })] : [];
}

/** Refused again and again, or on an incident that is none of the user's. */
function refusals(refused: Pair): FoundUnusual[] {
  const stranger = refused.filter(look => look.stranger).length;
  if (refused.length < refusalsAtLeast && stranger === 0) return [];
  return [found('refused', refused, { refusals: refused.length, notOnIncident: stranger })];
}

const onShift = (shifts: Shifts, atMs: number): boolean =>
  shifts.some(([startMs, endMs]) => atMs >= startMs - graceMs && atMs < endMs + graceMs);

/** 23:00 to 05:00 in Shanghai. */
function isNight(atMs: number): boolean {
  const hour = Math.floor((atMs + shanghaiMs) / hourMs) % 24;
  return hour >= 23 || hour < 5;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
