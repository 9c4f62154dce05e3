/** The figures of a run, the line of paired differences, and the file of results. */
import { type Figures, round, spread } from '../report.ts';
import { policyNames, type PolicyName } from './options.ts';
import { type EpisodeResult, type Levels, measuredMin } from './run-episode.ts';
import { calibration, paired, type Played, shareWon, timeFigures } from './scores.ts';

type Name = PolicyName | 'compared';

export function playedBy(results: readonly EpisodeResult[], name: Name): Played | undefined {
  const outcomes = results.flatMap(({ outcomes: by }) => by[name] ?? []);
  if (outcomes.length === 0) return undefined;
  return {
    minutes: outcomes.map(({ foundS }) => foundS / 60),
    found: outcomes.map(({ found }) => found),
    km: outcomes.map(({ km }) => km),
  };
}

/** All figures of played episodes and of those on which the belief alone was measured, the played ones among them. */
export function figuresOf(played: readonly EpisodeResult[], measured: readonly EpisodeResult[]): Figures {
  const by = (name: Name) => playedBy(played, name);
  const policies: Figures = {};
  for (const name of [...policyNames, 'compared'] as const) {
    const one = by(name);
    if (one) policies[name] = timeFigures(one);
  }
  const figures: Figures = { episodes: played.length, policies };
  const [last, limit] = [by('lastPing'), by('oracle')];
  for (const name of ['ours', 'nearestCad', 'trueModel', 'toldAtFirst', 'compared'] as const) {
    const one = by(name);
    if (!last || !limit || !one) continue;
    const key = name === 'ours' ? 'shareWon' : `shareWon${name[0]!.toUpperCase()}${name.slice(1)}`;
    figures[key] = shareWon(last.minutes, one.minutes, limit.minutes);
  }
  const [mine, other, told] = [by('ours'), by('compared'), by('toldAtFirst')];
  if (mine && told && last && limit) {
    const better = mine.minutes.map((minute, i) => Math.min(minute, told.minutes[i]!));
    figures['shareWonBetterOfOursAndTold'] = shareWon(last.minutes, better, limit.minutes);
  }
  if (mine && other) {
    const { difference, error } = paired(other.minutes, mine.minutes);
    figures['comparedMinusOurs'] = { meanMin: round(difference), standardError: round(error) };
  }
  return { ...figures, ...beliefFigures(played, measured), ...times(measured) };
}

function beliefFigures(played: readonly EpisodeResult[], measured: readonly EpisodeResult[]): Figures {
  const at = (minute: keyof Levels) => calibration(measured.flatMap(({ passive }) => passive[minute] ?? []));
  const inPlay = (minute: keyof Levels) =>
    calibration(played.flatMap(({ inPlay: levels }) => levels[minute] ?? []));
  const atTen = at(10);
  const atTwenty = at(20);
  return {
    calibration: {
      r50: atTen.r50,
      r90: atTen.r90,
      r50At20: atTwenty.r50,
      r90At20: atTwenty.r90,
      inPlay: {
        r50: inPlay(10).r50,
        r90: inPlay(10).r90,
        r50At20: inPlay(20).r50,
        r90At20: inPlay(20).r90,
      },
    },
    logScore: atTen.logScore,
    logScoreAt: Object.fromEntries(measuredMin.map(minute => [`min${minute}`, at(minute).logScore])),
  };
}

function times(results: readonly EpisodeResult[]): Figures {
  const all = (pick: (result: EpisodeResult) => number[]): number[] => results.flatMap(pick);
  const planMs = all(result => result.planMs);
  return {
    posteriorMs: spread(all(result => result.posteriorMs)),
    ...(planMs.length > 0 && { planMs: spread(planMs) }),
  };
}

/** One line of JSON an episode: when each policy found her, and what the belief gave to the truth's cell. */
export function resultFile(
  head: object,
  played: readonly EpisodeResult[],
  measured: readonly EpisodeResult[],
): string {
  const inFull = new Set(played.map(({ id }) => id));
  const levels = (one: Levels) =>
    Object.fromEntries(measuredMin.flatMap(minute => (one[minute] ? [[minute, one[minute]]] : [])));
  const lines = measured.map(({ id, scamType, outcomes, passive, inPlay }) => {
    const policies = inFull.has(id) ? { policies: outcomes } : {};
    return JSON.stringify({ id, scamType, ...policies, passive: levels(passive), inPlay: levels(inPlay) });
  });
  return `{"head":${JSON.stringify(head)},\n"episodes":[\n${lines.join(',\n')}\n]}\n`;
}
