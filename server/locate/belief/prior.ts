/**
 * Where people are found under each script. The base weights come from published cases (court records and police
 * bulletins on impersonated officials, cash pick-ups, investment and rebate fraud) and are worth as many incidents as
 * `strength` says; closed incidents are counted on top: the posterior mean of a Dirichlet-multinomial model, kept by
 * part of the day with all hours together as the base of each part.
 */
import { scamTypes } from '#contract/kinds.ts';
import type { ScamType } from '#contract/alert.ts';
import { hourBands, type PriorKind, priorKinds } from '#contract/prior.ts';

export type KindShares = Record<PriorKind, number>;

export interface ScriptPrior {
  /** As many incidents as the base weights are worth. */
  strength: number;
  /** Base weights; their sum is 1. `residence` is her own home, `elsewhere` any road. */
  weights: KindShares;
  /** Closed incidents by kind and, in the order of `hourBands`, part of the day. */
  counts: Record<PriorKind, number[]>;
}
export type ScriptPriors = Record<ScamType, ScriptPrior>;

const defaultStrength = 20;

const base: Record<ScamType, Partial<KindShares>> = {
  // 'A quiet place, alone': the parked car, a room.
  fakePolice: {
    quietRoad: 0.22,
    carPark: 0.16,
    industrialRoad: 0.13,
    hotel: 0.11,
    park: 0.1,
    guestHouse: 0.04,
    bank: 0.03,
    residence: 0.05,
    elsewhere: 0.25,
  },
  // To the counter, and the cash to somebody at the kerb.
  courier: {
    bank: 0.36,
    carPark: 0.14,
    quietRoad: 0.12,
    atm: 0.12,
    residence: 0.05,
    hotel: 0.03,
    park: 0.02,
    elsewhere: 0.25,
  },
  acquaintance: {
    bank: 0.36,
    atm: 0.14,
    carPark: 0.12,
    quietRoad: 0.08,
    residence: 0.08,
    office: 0.06,
    elsewhere: 0.25,
  },
  investment: {
    bank: 0.36,
    atm: 0.1,
    carPark: 0.1,
    quietRoad: 0.1,
    residence: 0.12,
    office: 0.06,
    elsewhere: 0.25,
  },
  rebate: {
    residence: 0.24,
    office: 0.08,
    bank: 0.12,
    carPark: 0.12,
    quietRoad: 0.12,
    park: 0.06,
    atm: 0.04,
    internetCafe: 0.03,
    hotel: 0.03,
    elsewhere: 0.25,
  },
  customerService: {
    residence: 0.16,
    bank: 0.14,
    carPark: 0.16,
    quietRoad: 0.16,
    park: 0.07,
    atm: 0.06,
    hotel: 0.04,
    office: 0.05,
    elsewhere: 0.25,
  },
  loan: {
    bank: 0.2,
    atm: 0.1,
    carPark: 0.14,
    quietRoad: 0.14,
    residence: 0.14,
    office: 0.06,
    park: 0.06,
    elsewhere: 0.25,
  },
  romance: {
    bank: 0.22,
    hotel: 0.12,
    carPark: 0.12,
    quietRoad: 0.12,
    residence: 0.12,
    park: 0.08,
    atm: 0.06,
    elsewhere: 0.25,
  },
  other: {
    carPark: 0.18,
    quietRoad: 0.2,
    bank: 0.14,
    park: 0.08,
    industrialRoad: 0.08,
    hotel: 0.08,
    atm: 0.05,
    residence: 0.05,
    elsewhere: 0.25,
  },
};

/** No kind is impossible. */
const leastShare = 0.002;

/** Open, or at least used, at night, in the morning, in the afternoon and in the evening. */
const openness: Partial<Record<PriorKind, readonly number[]>> = {
  bank: [0.03, 1, 1, 0.2],
  mall: [0.05, 1, 1, 1],
  office: [0.2, 1, 1, 0.4],
  park: [0.4, 1, 1, 1],
  hotel: [1.5, 1, 1, 1.2],
  guestHouse: [1.5, 1, 1, 1.2],
};

export function defaultPriors(): ScriptPriors {
  return Object.fromEntries(scamTypes.map(scamType => [scamType, defaultPrior(scamType)])) as ScriptPriors;
}

function defaultPrior(scamType: ScamType): ScriptPrior {
  const weights = byKind(kind => Math.max(leastShare, base[scamType][kind] ?? 0));
  return {
    strength: defaultStrength,
    weights: normalised(weights),
    counts: byKind(() => hourBands.map(() => 0)),
  };
}

/** 0 to 3: which of `hourBands` an hour of the day (0 to 23) belongs to. */
export const bandOf = (hour: number): number => Math.min(3, Math.max(0, Math.floor(hour / 6)));

/**
 * Expected share of each kind, of all parts of the day or at an hour of it. Sums to 1.
 * @param hour 0 to 23
 */
export function posteriorMean({ strength, weights, counts }: ScriptPrior, hour?: number): KindShares {
  const total = (kind: PriorKind): number => counts[kind].reduce((sum, n) => sum + n, 0);
  const all = dirichletMean(strength, weights, total);
  if (hour === undefined) return all;
  const band = bandOf(hour);
  const open = normalised(byKind(kind => all[kind] * (openness[kind]?.[band] ?? 1)));
  return dirichletMean(strength, open, kind => counts[kind][band]!);
}

/** (strength × base + n) ÷ (strength + Σ n). */
function dirichletMean(strength: number, shares: KindShares, n: (kind: PriorKind) => number): KindShares {
  return normalised(byKind(kind => strength * shares[kind] + n(kind)));
}

/** The priors after one more closed incident; the given ones stay as they are. */
export function learn(
  priors: ScriptPriors,
  { scamType, kind, hour }: { scamType: ScamType; kind: PriorKind; hour: number },
): ScriptPriors {
  const prior = priors[scamType];
  const band = bandOf(hour);
  const counts = { ...prior.counts, [kind]: prior.counts[kind].map((n, i) => (i === band ? n + 1 : n)) };
  return { ...priors, [scamType]: { ...prior, counts } };
}

const byKind = <T>(value: (kind: PriorKind) => T): Record<PriorKind, T> =>
  Object.fromEntries(priorKinds.map(kind => [kind, value(kind)])) as Record<PriorKind, T>;

function normalised(shares: KindShares): KindShares {
  const sum = priorKinds.reduce((total, kind) => total + shares[kind], 0);
  return byKind(kind => shares[kind] / sum);
}
