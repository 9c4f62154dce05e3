/** What `npm run bench:arena` can be told. */
import { option, seedOption } from '../report.ts';

export const policyNames = [
  'lastPing',
  'bankFirst',
  'nearestCad',
  'ours',
  'trueModel',
  'toldAtFirst',
  'oracle',
] as const;
export type PolicyName = (typeof policyNames)[number];

/** Constants that a run changes, for tuning: of the belief, of the planner, and the prior share of trips to anywhere. */
export interface ArenaConfig {
  model?: Record<string, number>;
  elsewhere?: number;
  plan?: Record<string, number | boolean>;
}

export interface ArenaOptions {
  region: string;
  seed: number;
  policies: PolicyName[];
  /** Episodes that are played, and those on which the belief alone is measured, the played ones among them. */
  episodes: number;
  passive: number;
  workers: number;
  config: ArenaConfig;
  /** Another configuration to play against, pair by pair. */
  compare: ArenaConfig | undefined;
  episodeFile: string | undefined;
  writeFile: string | undefined;
  resultFile: string | undefined;
}

/** @throws {Error} naming the option, what it is and what was expected */
export function arenaOptions(): ArenaOptions {
  const episodes = count('episodes-count', 400);
  return {
    region: option('region') ?? 'synth',
    seed: seedOption(),
    policies: policies(option('policies')),
    episodes,
    passive: Math.max(episodes, count('passive', 1000)),
    workers: Math.max(1, count('workers', 2)),
    config: json('config') ?? {},
    compare: json('compare'),
    episodeFile: option('episodes'),
    writeFile: option('write-episodes'),
    resultFile: option('result'),
  };
}

function count(name: string, otherwise: number): number {
  const value = Number(option(name) ?? otherwise);
  if (!Number.isSafeInteger(value) || value < 0)
    throw new Error(`--${name} ${option(name)} is not a whole number of at least 0.`);
  return value;
}

function policies(text: string | undefined): PolicyName[] {
  if (text === undefined || text === 'all') return [...policyNames];
  const names = text.split(',');
  const unknown = names.filter(name => !policyNames.some(known => known === name));
  if (unknown.length > 0)
    throw new Error(
      `--policies: there is no ${unknown.join(', ')}; expected some of ${policyNames.join(',')}.`,
    );
  return names as PolicyName[];
}

function json(name: string): ArenaConfig | undefined {
  const text = option(name);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as ArenaConfig;
  } catch {
    throw new Error(`--${name} is not JSON; expected e.g. {"model":{"decayS":600},"plan":{"budgetMs":20}}.`);
  }
}
