import type { HomeBasis } from '#contract/address.ts';
import type { AlertBody } from '#contract/alert.ts';
import type { Position } from '#contract/common.ts';
import type { ServiceDeps } from '../../deps.ts';
import { toWgs84 } from '../../ingest/coordinates.ts';

/** What an alert tells of where its subject lives. */
export interface KnownHome {
  home: Position | null;
  basis: HomeBasis | null;
  radiusM: number | null;
  confidence: number | null;
  /** Another part of the country that the address names. */
  elsewhere: string | null;
  /** Whose ground it is: also an address that is good for its township only tells that. */
  ground: Position | null;
}

/** From here on an address counts as read; below, the desk is asked (see test/address: how often this is right). */
const sureFrom = 0.8;
const likelyFrom = 0.5;
/** What is larger is no home that anybody could go to. */
const homeRadiusM = 2_000;

const unknown: KnownHome = {
  home: null,
  basis: null,
  radiusM: null,
  confidence: null,
  elsewhere: null,
  ground: null,
};

/** The home as the alert gives it, else as its address is read; without either nothing is known. */
export async function homeOf(
  { addresses }: Pick<ServiceDeps, 'addresses'>,
  { home, address }: AlertBody['subject'],
): Promise<KnownHome> {
  if (home) {
    const given = toWgs84(home);
    return { ...unknown, home: given, basis: 'given', ground: given };
  }
  if (!addresses || address === undefined || address.trim() === '') return unknown;
  const { items, elsewhere } = await addresses.resolve(address, { limit: 1 });
  if (elsewhere) return { ...unknown, elsewhere: elsewhere.name };
  const [best] = items;
  if (!best || best.confidence < sureFrom) return unknown;
  const { position, radiusM, confidence } = best;
  if (radiusM > homeRadiusM) return { ...unknown, ground: position };
  return { home: position, basis: 'address', radiusM, confidence, elsewhere: null, ground: position };
}

/** How the home of an alert is understood, for a look at it before it is taken in. */
export interface HomeReading {
  /** `unsure`: what it may mean is not taken over. `area`: too large a place to go to. */
  how: 'given' | 'found' | 'area' | 'unsure' | 'notFound' | 'elsewhere';
  position: Position | null;
  /** What of the map it was taken for, or the other part of the country. */
  name: string | null;
}

/** What `homeOf` would make of it, in words. Null: the alert says nothing of a home, or nothing can read addresses here. */
export async function readingOf(
  { addresses }: Pick<ServiceDeps, 'addresses'>,
  { home, address }: AlertBody['subject'],
): Promise<HomeReading | null> {
  if (home) return { how: 'given', position: toWgs84(home), name: null };
  if (!addresses || address === undefined || address.trim() === '') return null;
  const { items, elsewhere } = await addresses.resolve(address, { limit: 1 });
  if (elsewhere) return { how: 'elsewhere', position: null, name: elsewhere.name };
  const [best] = items;
  if (!best) return { how: 'notFound', position: null, name: null };
  const { position, label: name, confidence, radiusM } = best;
  if (confidence < sureFrom) return { how: 'unsure', position, name };
  return { how: radiusM > homeRadiusM ? 'area' : 'found', position, name };
}

/** The confidence as the log may keep it for ever. */
export function confidenceClass(confidence: number): 'sure' | 'likely' | 'unsure' {
  if (confidence >= sureFrom) return 'sure';
  return confidence >= likelyFrom ? 'likely' : 'unsure';
}
