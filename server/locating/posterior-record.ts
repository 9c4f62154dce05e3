/** From a belief's picture to what is kept and answered of it. */
import { detectionOf } from '#domain/detection.ts';
import { regionsOf } from '#locate/belief/regions.ts';
import type { Fact } from '#locate/fact.ts';
import type { Presence } from '#locate/presence.ts';
import { reasonWords } from '#locate/words.ts';
import { cellPoints } from './cells.ts';
import type { Scene } from './moves.ts';
import { thinOutlines } from './outline.ts';
import type { PosteriorRecord } from './record.ts';
import { contradictionWords, fewFactsWords, homeUnknownWords, restGrowsWords } from './words.ts';

export interface Believed extends Pick<Scene, 'ground' | 'picture' | 'presence' | 'facts' | 'question'> {
  /** `zOrder` of the ground. */
  order: Uint32Array;
}

/** Of places, those with less are not told one by one. */
const leastPoa = 1e-5;
/** So many lines are told by themselves, beside those of the plan. */
const mostLines = 40;
/** So many places come with their reasons. */
const mostReasons = 40;
const soonS = 1800;
const shares = [0.5, 0.8, 0.9, 0.95] as const;

/** Probabilities of places, cells and the rest of the world sum to 1. `planned`: targets of the plan. */
export function posteriorRecord(believed: Believed, planned: ReadonlySet<number>): PosteriorRecord {
  const { ground, picture, order } = believed;
  const { cell, poa } = shareOut(believed, worthwhile(believed, planned));
  const ranked = [...poa.keys()].sort((a, b) => poa.get(b)! - poa.get(a)! || a - b);
  const cells = cellPoints(ground, order, cell);
  const places = ranked.map((target, rank) => placeView(believed, target, rounded(poa.get(target)!), rank));
  cells.p = cells.p.map(rounded);
  const told = sum(places.map(place => place.poa)) + sum(cells.p);
  const [p50, p80, p90, p95] = thinOutlines(regionsOf(ground, picture, shares)).map(area);
  return {
    regions: { p50: p50!, p80: p80!, p90: p90!, p95: p95! },
    places,
    cells,
    modes: picture.modes,
    // What rounding lost is nowhere.
    restOfWorld: Math.min(1, Math.max(0, 1 - told)),
    entropyBits: picture.entropyBits,
    warnings: warnings(believed),
  };
}

const rounded = (p: number): number => Math.round(p * 1e8) / 1e8;
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const area = (coordinates: number[][][][]) => ({ type: 'MultiPolygon' as const, coordinates });

/** Targets that somebody looked at: they are told whatever they have left. */
const searchedTargets = ({ ground, facts }: Believed): number[] =>
  facts.flatMap(fact => (fact.kind === 'search' ? (ground.indexOf.get(fact.targetId) ?? []) : []));

/** Lines that are told by themselves: those of the plan, those that were searched, and the likeliest. */
function worthwhile(believed: Believed, planned: ReadonlySet<number>): Set<number> {
  const { ground, presence } = believed;
  const { placeCount, targets } = ground;
  const moments = presence.inS.length;
  const lines: number[] = [];
  for (let target = placeCount; target < targets.length; target++)
    if (presence.at[target * moments]! >= leastPoa) lines.push(target);
  lines.sort((a, b) => presence.at[b * moments]! - presence.at[a * moments]! || a - b);
  const found = new Set(lines.slice(0, mostLines));
  for (const target of [...planned, ...searchedTargets(believed)])
    if (target >= placeCount) found.add(target);
  return found;
}

interface Shared {
  /** What cells keep, by cell. */
  cell: Float64Array;
  /** What targets have, by target. */
  poa: Map<number, number>;
}

/** Each part of the mass is told once: at a place, on a line that is told by itself, or in a cell. */
function shareOut(believed: Believed, lines: ReadonlySet<number>): Shared {
  const { ground, picture, presence } = believed;
  const searched = new Set(searchedTargets(believed));
  const { placeCount, targetCells } = ground;
  const cell = Float64Array.from(picture.cell);
  const poa = new Map<number, number>();
  for (let place = 0; place < placeCount; place++) {
    const p = picture.place[place]!;
    const [from, to] = [targetCells.offset[place]!, targetCells.offset[place + 1]!];
    if (p >= leastPoa || searched.has(place) || (from === to && p > 0)) poa.set(place, p);
    else if (p > 0) cell[targetCells.items[from]!]! += p;
  }
  for (const line of lines) {
    const own = targetCells.items.subarray(targetCells.offset[line]!, targetCells.offset[line + 1]!);
    const whole = own.reduce((total, at) => total + cell[at]!, 0);
    const standing = Math.min(whole, presence.at[line * presence.inS.length]!);
    for (const at of own) cell[at]! *= whole > 0 ? 1 - standing / whole : 1;
    poa.set(line, standing);
  }
  return { cell, poa };
}

function placeView(
  { ground, picture, presence, facts, question }: Believed,
  index: number,
  poa: number,
  rank: number,
): PosteriorRecord['places'][number] {
  const target = ground.targets[index]!;
  const { id, kind, name, nameEn, path, position } = target;
  const searched = facts.flatMap(fact => {
    if (fact.kind !== 'search' || fact.targetId !== id) return [];
    const at = new Date(question.openedAtMs + fact.atS * 1000).toISOString();
    return { at, method: fact.method, pod: detectionOf(target, fact.method).pod };
  });
  return {
    placeId: id,
    kind,
    name,
    nameEn,
    position: { lng: position[0], lat: position[1] },
    path,
    poa,
    poaSoon: Math.max(poa, rounded(soonest(presence, index))),
    why: rank < mostReasons ? picture.reasons(index).map(reasonWords) : [],
    searched: searched.toSorted((a, b) => (a.at < b.at ? 1 : -1)),
  };
}

/** The most that she will be there at one moment of the next half hour; that she will be there at all is no less. */
function soonest({ inS, at }: Presence, target: number): number {
  let most = 0;
  for (let k = 0; k < inS.length && inS[k]! <= soonS; k++)
    most = Math.max(most, at[target * inS.length + k]!);
  return Math.min(1, most);
}

/** Where she was seen, by whatever. */
const placing: ReadonlySet<Fact['kind']> = new Set(['cell', 'fix', 'camera', 'transaction']);
/** Below this nobody needs to be told of the rest of the world. */
const noticeableRest = 0.1;
const growth = 1.25;

function warnings({ picture, facts, question }: Believed): PosteriorRecord['warnings'] {
  const { restBefore, home } = question;
  const found: PosteriorRecord['warnings'] = picture.contradictions.map(({ factIds }) => ({
    kind: 'contradiction',
    text: contradictionWords(factIds.length),
    sightingIds: factIds.filter(id => question.sightings.some(sighting => sighting.id === id)),
  }));
  const rest = picture.restOfWorld;
  if (restBefore !== null && rest >= noticeableRest && rest >= restBefore * growth)
    found.push({ kind: 'restOfWorldGrows', text: restGrowsWords(restBefore, rest), sightingIds: [] });
  if (!facts.some(({ kind }) => placing.has(kind)))
    found.push({ kind: 'fewFacts', text: fewFactsWords, sightingIds: [] });
  if (!home) found.push({ kind: 'homeUnknown', text: homeUnknownWords, sightingIds: [] });
  return found;
}
