/** Written address → ranked places, by the names that a region knows. */
import type { AddressCandidate, AddressLevel, AddressReply } from '#contract/address.ts';
import { distanceM } from '#road/geo.ts';
import { type Division, Divisions, type Elsewhere } from './elsewhere.ts';
import type { Gazetteer, LngLat } from './gazetteer.ts';
import { type Match, matchesOf } from './match.ts';
import { NameIndex } from './names.ts';
import { type Reading, readingsOf } from './readings.ts';
import { currentClause, plainText } from './text.ts';
import { textUnits } from './units.ts';

export interface ResolverParts {
  gazetteer: Gazetteer;
  /** Provinces of the country with what is in them; empty where nobody needs to tell them apart. */
  divisions: readonly Division[];
  /** Whose ground a position is on. */
  stationAt: (at: LngLat) => string | null;
}

export interface ResolveOptions {
  limit: number;
  /** Of equals the nearer one comes first. */
  near?: LngLat;
}

const longestText = 120;
/** Scores nearer to each other than this are hard to tell apart. */
const sharpness = 14;
const apartM = 250;
const goodScore = 0.85;

export class AddressResolver {
  readonly #index: NameIndex;
  readonly #divisions: Divisions;
  readonly #stationAt: ResolverParts['stationAt'];

  constructor({ gazetteer, divisions, stationAt }: ResolverParts) {
    this.#index = new NameIndex(gazetteer);
    const names = gazetteer.entries.map(({ name }) => name);
    this.#divisions = new Divisions(divisions, gazetteer.names, names);
    this.#stationAt = stationAt;
  }

  /** Where a written address may be: the likeliest first; nothing when nothing of it is known. */
  resolve(written: string, { limit, near }: ResolveOptions): AddressReply {
    const clause = currentClause(plainText(written.slice(0, longestText)));
    const { text, elsewhere } = this.#withoutLead(clause);
    const ranked = this.#read(text, clause);
    const away = elsewhere && judged(elsewhere, ranked[0]);
    const items = withConfidence(ranked, near).slice(0, limit);
    return {
      items: items.map(({ reading, confidence }) =>
        this.#candidate(reading, away ? confidence * (1 - away.confidence) : confidence, away !== null),
      ),
      elsewhere: away && { name: away.name, confidence: away.confidence },
    };
  }

  /** Readings of the text; of the whole clause where its first words are part of a name after all (深圳信息学院). */
  #read(text: string, clause: string): Reading[] {
    const readings = this.#readingsOf(text);
    if (text === clause || (readings[0]?.score ?? 0) >= goodScore) return readings;
    const whole = this.#readingsOf(clause);
    return (whole[0]?.score ?? 0) > (readings[0]?.score ?? 0) ? whole : readings;
  }

  #readingsOf(text: string): Reading[] {
    const units = textUnits(text, this.#index.chinese);
    const readings = readingsOf(this.#index.entries, matchesOf(this.#index, units), units, text);
    return distinct([...readings, ...this.#typed(text, readings)]);
  }

  /** The text without the county's own name, or with what else it names before the rest. */
  #withoutLead(clause: string): { text: string; elsewhere: Elsewhere | null } {
    if (!/\p{sc=Han}/u.test(clause)) return { text: clause, elsewhere: null };
    const compact = clause.replace(/[\s,，、;；:：.。]+/g, '');
    const { rest, elsewhere } = this.#divisions.read(compact);
    return { text: afterSigns(clause, elsewhere ? 0 : rest), elsewhere };
  }

  /** What somebody may be typing, while it is not yet a name. */
  #typed(text: string, readings: readonly Reading[]): Reading[] {
    const typed = text.trim();
    if (typed.length === 0 || typed.length > 40 || (readings[0]?.score ?? 0) > 0.9) return [];
    return this.#index.startingWith(typed, 20).map(({ entry, share }) => {
      const { level, position, radiusM } = this.#index.entries[entry]!;
      const target: Match = { entry, level, quality: share, how: 'partial', units: [], gain: share };
      return { target, support: [], position, radiusM, level, door: null, score: 0.35 + 0.5 * share };
    });
  }

  #candidate(reading: Reading, confidence: number, outside: boolean): AddressCandidate {
    const { target, support, position, radiusM, level, door } = reading;
    const { placeId = null } = this.#index.entries[target.entry]!;
    const why = [...support, target].map(({ entry: index, level: of, how }) => ({
      name: this.#index.entries[index]!.name,
      level: of,
      how,
    }));
    return {
      position: { lng: position[0], lat: position[1] },
      ...this.#labels(reading),
      level,
      radiusM: Math.round(radiusM),
      confidence: Math.round(confidence * 100) / 100,
      why,
      door: door?.how ?? null,
      placeId,
      stationId: this.#stationAt(position),
      outside,
    };
  }

  #labels({ target, support, door }: Reading): Pick<AddressCandidate, 'label' | 'labelEn'> {
    const entry = this.#index.entries[target.entry]!;
    const named = new Set(support.map(({ entry: index }) => index));
    // A long road lies in many villages: it is called after those only that the text names, or that are the only one.
    const above = entry.within.filter(index => {
      const { level } = this.#index.entries[index]!;
      const alike = entry.within.filter(other => this.#index.entries[other]!.level === level);
      return level !== 'county' && (alike.length === 1 || named.has(index));
    });
    const areas = above.map(index => this.#index.entries[index]!);
    const { chinese } = this.#index;
    const number =
      door === null ? '' : chinese && /^\d+$/.test(door.written) ? `${door.written}号` : door.written;
    const english = [entry, ...[...areas].reverse()].map(({ name, nameEn }) => nameEn ?? name).join(', ');
    return {
      label: chinese
        ? [...areas.map(({ name }) => name), entry.name + number].join(' ')
        : [
            [entry.name, number].filter(part => part !== '').join(' '),
            ...areas.map(({ name }) => name).reverse(),
          ].join(', '),
      labelEn:
        entry.nameEn === undefined
          ? null
          : [number.replace(/[号栋]/g, ''), english].filter(part => part !== '').join(' '),
    };
  }
}

/** The text behind this many signs, blanks and commas not counted. */
function afterSigns(text: string, count: number): string {
  let left = count;
  let at = 0;
  while (left > 0 && at < text.length) if (!/[\s,，、;；:：.。]/.test(text[at++]!)) left--;
  return text.slice(at);
}

/** What names another county, unless the whole text is a place here: 北京路 and 新疆烤肉店 are. */
function judged(elsewhere: Elsewhere, best: Reading | undefined): Elsewhere | null {
  const guessed = elsewhere.confidence < 0.7 && (best?.score ?? 0) > 0.7;
  const here =
    best &&
    best.target.quality > 0.9 &&
    best.target.units.includes(0) &&
    best.target.units.length > elsewhere.length;
  return here || guessed ? null : elsewhere;
}

/** Readings that lead to the same ground are one, the best of them. */
function distinct(readings: readonly Reading[]): Reading[] {
  const kept: Reading[] = [];
  const order = [...readings].sort((a, b) => b.score - a.score || a.radiusM - b.radiusM);
  for (const reading of order) {
    const same = kept.some(
      other =>
        other.target.entry === reading.target.entry ||
        other.support.some(({ entry }) => entry === reading.target.entry) ||
        (other.target.entry !== reading.target.entry &&
          other.level === reading.level &&
          distanceM(other.position, reading.position) < Math.min(apartM, other.radiusM)),
    );
    if (!same) kept.push(reading);
    if (kept.length >= 40) break;
  }
  return kept;
}

interface Rated {
  reading: Reading;
  confidence: number;
}

/**
 * How sure each is: how much of the text it accounts for and how well its name is written, shared with those that do
 * nearly as well elsewhere. The curve was fitted on written texts whose true place is known (test/address).
 */
function withConfidence(readings: readonly Reading[], near: LngLat | undefined): Rated[] {
  const best = readings[0]?.score ?? 0;
  const weights = readings.map(({ score }) => Math.exp((score - best) * sharpness));
  return readings
    .map((reading, i) => {
      const rivals = readings.reduce(
        (sum, other, j) => (j === i || agrees(reading, other) ? sum : sum + weights[j]!),
        0,
      );
      const share = weights[i]! / (weights[i]! + rivals);
      return { reading, confidence: certainty(reading) * share };
    })
    .sort((a, b) => worth(b) - worth(a) || nearer(a, b, near));
}

/** A house that is likely is of more use than a township that is certain. */
const worth = ({ reading, confidence }: Rated): number => confidence * use[reading.level];
const use: Record<AddressLevel, number> = {
  county: 0.6,
  township: 0.75,
  community: 0.8,
  village: 0.9,
  hamlet: 0.95,
  road: 0.95,
  place: 1,
  house: 1,
};

/** One lies within the other: both may be true. */
function agrees(a: Reading, b: Reading): boolean {
  return (
    distanceM(a.position, b.position) <= Math.max(a.radiusM, b.radiusM) + Math.min(a.radiusM, b.radiusM) / 2
  );
}

function certainty({ score, target, door }: Reading): number {
  const told = Math.min(1, Math.max(0, score));
  const written = target.quality;
  const beyond = door?.how === 'beyond' ? 0.9 : 1;
  return Math.min(0.98, told ** 0.8 * written ** 1.2 * beyond);
}

function nearer(a: Rated, b: Rated, near: LngLat | undefined): number {
  return near ? distanceM(a.reading.position, near) - distanceM(b.reading.position, near) : 0;
}
