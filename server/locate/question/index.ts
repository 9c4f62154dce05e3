/**
 * Whom to ask what next: the value of information (Howard 1966) of each question, in minutes that she is met earlier.
 *
 * For every possible answer the presence at each place is weighed by the answer's likelihood there, and a rough plan is
 * made from the moment at which the answer comes; units have gone on with the present plan until then. The answer is
 * worth what the better of the two plans gains. Averaged over the answers (pre-posterior analysis, Raiffa and Schlaifer
 * 1961) that is never negative, and 0 when no answer would change what is done. It looks one question ahead, and so is
 * no bound on what several questions together are worth (Krause and Guestrin 2009).
 */
import type { Question } from '#contract/plan.ts';
import type { LngLat } from '#road/geo.ts';
import type { RoadRouter } from '#road/router.ts';
import type { Antenna } from '../fact.ts';
import type { Ground } from '../ground.ts';
import type { Presence } from '../presence.ts';
import { type Field, fieldOf, type Searcher } from '../sketch/field.ts';
import { type SketchedLook, Sketcher, type Standing, valueOf } from '../sketch/sketch.ts';
import type { Ask, Scene } from './ask.ts';
import { type AskableCamera, cameraAsks, passingOf, vehicleAsk } from './cameras.ts';
import { bankAsk, registerAsk, usualPlacesAsk } from './people.ts';
import { pingAsk } from './ping.ts';

export interface RankedQuestion {
  ask: Question['ask'];
  targetIds: string[];
  /** Expected minutes earlier that she is met. */
  gainMin: number;
  takesMin: number;
  /** 0 (none) to 3 (of many people). */
  intrusion: number;
}

export interface QuestionInput {
  ground: Ground;
  router: RoadRouter;
  presence: Presence;
  /** Those who take part in the search; `PlanUnit`s will do. */
  units: readonly Searcher[];
  antennas: readonly Antenna[];
  /** Those that work and were not asked yet. */
  cameras: readonly AskableCamera[];
  /** Where she set off, or was surely seen last; null where nobody knows. */
  origin: LngLat | null;
  /** Cameras can be asked for her plate only when it is known, and nobody needs to ask for it twice. */
  plateKnown: boolean;
  /** Those who know her were asked where she usually goes. */
  usualPlacesKnown: boolean;
  /** What takes another time here than elsewhere. */
  takesMin?: Partial<Record<Question['ask'], number>>;
}

/** Minutes until the answer is there, and how far it reaches into whose life: assumptions of a centre that is prepared. */
const costs: Record<Question['ask'], { takesMin: number; intrusion: number }> = {
  usualPlaces: { takesMin: 3, intrusion: 0 },
  vehicle: { takesMin: 4, intrusion: 1 },
  camera: { takesMin: 2, intrusion: 1 },
  ping: { takesMin: 5, intrusion: 2 },
  hotelRegister: { takesMin: 4, intrusion: 2 },
  bankAlert: { takesMin: 4, intrusion: 3 },
};
/** In the ranking one level of intrusion weighs as much as so many minutes. */
const intrusionMin = 1;
/** Less than this is not worth a call. */
const leastGainMin = 0.05;

/** She is taken to be met at the latest then. */
const horizonS = 3600;
/** Places that are weighed: the likeliest. */
const mostPlaces = 300;

/** Questions worth asking, the one with most gain for its time and intrusion first. Deterministic. */
export function rankQuestions(input: QuestionInput): RankedQuestion[] {
  const { ground, router, presence, units } = input;
  const field = fieldOf({ ground, router, presence, units, horizonS, most: mostPlaces });
  if (field.targets.length < 2 || units.length === 0) return [];
  const takesMin = (ask: Question['ask']): number => input.takesMin?.[ask] ?? costs[ask].takesMin;
  const now = new Sketcher(field, standingAtFirst(field), worthMin).sketch();
  const ranked = asksOf(input, { ground, field }, ask => takesMin(ask) * 60).map(({ answers, ...ask }) => ({
    ...ask,
    gainMin: gainOf(field, now, answers, takesMin(ask.ask) * 60),
    takesMin: takesMin(ask.ask),
    intrusion: costs[ask.ask].intrusion,
  }));
  const score = (each: RankedQuestion): number =>
    each.gainMin / (each.takesMin + each.intrusion * intrusionMin);
  return ranked.filter(each => each.gainMin >= leastGainMin).sort((a, b) => score(b) - score(a));
}

/** Minutes that are saved by meeting her then instead of at the horizon. */
const worthMin = (inS: number): number => (horizonS - inS) / 60;

function asksOf(input: QuestionInput, scene: Scene, takesS: (ask: Question['ask']) => number): Ask[] {
  const { router, antennas, cameras, origin, plateKnown, usualPlacesKnown } = input;
  const passing = origin && cameras.length > 0 ? passingOf(scene, router, origin, cameras) : null;
  return [
    pingAsk(scene, antennas, takesS('ping')),
    registerAsk(scene, takesS('hotelRegister')),
    bankAsk(scene, takesS('bankAlert')),
    usualPlacesKnown ? null : usualPlacesAsk(scene, takesS('usualPlaces')),
    ...(passing && plateKnown ? cameraAsks(scene, passing, takesS('camera')) : []),
    passing && !plateKnown ? vehicleAsk(scene, passing) : null,
  ].filter(ask => ask !== null);
}

const standingAtFirst = ({ freeS }: Field): Standing => ({
  freeS,
  at: new Int32Array(freeS.length).fill(-1),
});

/** The expected value of the best plan after the answer, less the value of the best plan without it. */
function gainOf(field: Field, now: SketchedLook[], answers: Float32Array[], takesS: number): number {
  const done = now.filter(look => look.doneS <= takesS);
  const sketcher = new Sketcher(field, standingAt(field, now, takesS), worthMin);
  const replanned = (weight?: Float32Array): SketchedLook[] => [...done, ...sketcher.sketch(weight)];
  // Planning once more may find something better even without an answer: that is not the answer's gain.
  const anew = replanned();
  const best = valueOf(field, anew, worthMin) > valueOf(field, now, worthMin) ? anew : now;
  let gain = 0;
  for (const answer of answers) {
    const before = valueOf(field, best, worthMin, answer);
    gain += Math.max(0, valueOf(field, replanned(answer), worthMin, answer) - before);
  }
  return gain;
}

/** Where everybody is at a moment of the plan. */
function standingAt(field: Field, looks: readonly SketchedLook[], atS: number): Standing {
  const freeS = field.freeS.map(free => Math.max(free, atS));
  const at = new Int32Array(field.unitCount).fill(-1);
  const next: (SketchedLook | null)[] = Array.from(at, () => null);
  const seen = new Uint8Array(field.targets.length);
  for (const look of [...looks].sort((a, b) => a.doneS - b.doneS)) {
    if (look.doneS <= atS) {
      at[look.unit] = look.place;
      seen[look.place] = 1;
    } else next[look.unit] ??= look;
  }
  return { freeS, at, next, seen };
}
