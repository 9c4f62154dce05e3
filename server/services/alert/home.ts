import type { AddressCandidate, HomeBasis } from '#contract/address.ts';
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

type Told = AlertBody['subject'];
type Reader = Pick<ServiceDeps, 'addresses'>;
type Read =
  | { how: 'given'; position: Position }
  | { how: 'elsewhere'; name: string }
  | { how: 'notFound' }
  | { how: 'unsure' | 'area' | 'found'; best: AddressCandidate };

/** What an alert says of the home, as it is understood here. Null: it says nothing, or nothing can read addresses. */
async function read({ addresses }: Reader, { home, address }: Told): Promise<Read | null> {
  if (home) return { how: 'given', position: toWgs84(home) };
  if (!addresses || address === undefined || address.trim() === '') return null;
  const { items, elsewhere } = await addresses.resolve(address, { limit: 1 });
  if (elsewhere) return { how: 'elsewhere', name: elsewhere.name };
  const [best] = items;
  if (!best) return { how: 'notFound' };
  if (best.confidence < sureFrom) return { how: 'unsure', best };
  return { how: best.radiusM > homeRadiusM ? 'area' : 'found', best };
}

/** The home as the alert gives it, else as its address is read; without either nothing is known. */
export async function homeOf(deps: Reader, subject: Told): Promise<KnownHome> {
  const told = await read(deps, subject);
  switch (told?.how) {
    case 'given':
      return { ...unknown, home: told.position, basis: 'given', ground: told.position };
    case 'elsewhere':
      return { ...unknown, elsewhere: told.name };
    case 'area':
      return { ...unknown, ground: told.best.position };
    case 'found': {
      const { position, radiusM, confidence } = told.best;
      return { ...unknown, home: position, basis: 'address', radiusM, confidence, ground: position };
    }
    default:
      return unknown;
  }
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
export async function readingOf(deps: Reader, subject: Told): Promise<HomeReading | null> {
  const told = await read(deps, subject);
  if (!told) return null;
  if ('best' in told) return { how: told.how, position: told.best.position, name: told.best.label };
  return {
    how: told.how,
    position: told.how === 'given' ? told.position : null,
    name: told.how === 'elsewhere' ? told.name : null,
  };
}

/** The confidence as the log may keep it for ever. */
export function confidenceClass(confidence: number): 'sure' | 'likely' | 'unsure' {
  if (confidence >= sureFrom) return 'sure';
  return confidence >= likelyFrom ? 'likely' : 'unsure';
}
