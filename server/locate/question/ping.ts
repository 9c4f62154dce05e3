/** What a fresh report of her phone would say: which antenna it is on. */
import { defaultModel } from '../belief/model.ts';
import { radioOf } from '../belief/radio.ts';
import type { Antenna } from '../fact.ts';
import type { Ground } from '../ground.ts';
import { type Ask, largest, massAt, type Scene, withOther } from './ask.ts';

/** So many antennas are told apart, the likeliest ones; the rest is one answer. */
const mostAntennas = 24;
/** Where no antenna is known, a report is taken to say in which square of this side she is: about a rural site's reach. */
const squareDeg = 0.02;

/** Timing advance is left aside: most reports have none. */
export function pingAsk(scene: Scene, antennas: readonly Antenna[], takesS: number): Ask {
  const mass = massAt(scene.field, takesS);
  const answers = antennas.length > 0 ? antennaAnswers(scene, antennas, mass) : squareAnswers(scene, mass);
  return { ask: 'ping', targetIds: [], answers: withOther(answers, mass.length) };
}

function antennaAnswers(
  { ground, field }: Scene,
  antennas: readonly Antenna[],
  mass: Float32Array,
): Float32Array[] {
  const air = airOf(ground, antennas);
  const heard = field.targets.map(target => heardAt(air, target));
  const total = new Float64Array(antennas.length);
  heard.forEach(({ antenna, share }, place) => {
    antenna.forEach((each, i) => (total[each]! += share[i]! * mass[place]!));
  });
  const answerOf = new Map(
    largest(total, mostAntennas).map(each => [each, new Float32Array(field.targets.length)] as const),
  );
  heard.forEach(({ antenna, share }, place) => {
    antenna.forEach((each, i) => {
      const answer = answerOf.get(each);
      if (answer) answer[place] = share[i]!;
    });
  });
  return [...answerOf.values()];
}

/** The antennas that a phone at a target may report, and how likely each is. */
interface Heard {
  antenna: Uint32Array;
  share: Float32Array;
}

interface Air {
  ground: Ground;
  /** Of each antenna: its likelihood at a spot. */
  servedBy: ((spot: number) => number)[];
  byTarget: Map<number, Heard>;
}

/** Of tables of antennas. */
const known = new WeakMap<readonly Antenna[], Air>();
const mostKnown = 4000;

function airOf(ground: Ground, antennas: readonly Antenna[]): Air {
  const had = known.get(antennas);
  if (had?.ground === ground) return had;
  const radio = radioOf(ground, antennas, defaultModel);
  const made: Air = {
    ground,
    servedBy: antennas.map(antenna =>
      radio.servedBy({ kind: 'cell', id: antenna.cellId, atS: 0, ...antenna }),
    ),
    byTarget: new Map(),
  };
  known.set(antennas, made);
  return made;
}

function heardAt({ ground, servedBy, byTarget }: Air, target: number): Heard {
  const had = byTarget.get(target);
  if (had) return had;
  if (byTarget.size >= mostKnown) byTarget.clear();
  const spot = spotOf(ground, target);
  const antenna: number[] = [];
  const share: number[] = [];
  let sum = 0;
  servedBy.forEach((likelihood, i) => {
    const each = Math.fround(likelihood(spot));
    sum += each;
    if (each > 0) {
      antenna.push(i);
      share.push(each);
    }
  });
  // The radio takes the sum over all antennas once for a patch: here it is 1 only about.
  const scale = (1 - defaultModel.cellWrong) / Math.max(1, sum);
  const made = { antenna: Uint32Array.from(antenna), share: Float32Array.from(share, each => each * scale) };
  byTarget.set(target, made);
  return made;
}

function squareAnswers({ ground, field }: Scene, mass: Float32Array): Float32Array[] {
  const keys = field.targets.map(target =>
    ground.targets[target]!.position.map(degrees => Math.floor(degrees / squareDeg)).join(' '),
  );
  const squares = [...new Set(keys)];
  const total = squares.map(key =>
    keys.reduce((sum, each, place) => sum + (each === key ? mass[place]! : 0), 0),
  );
  return largest(total, mostAntennas).map(i => Float32Array.from(keys, key => (key === squares[i] ? 1 : 0)));
}

/** Where the belief's radio knows a target: a place as it is, a line by the cell in its middle. */
function spotOf({ cellCount, placeCount, targetCells }: Ground, target: number): number {
  if (target < placeCount) return cellCount + target;
  const [from, to] = [targetCells.offset[target]!, targetCells.offset[target + 1]!];
  return targetCells.items[(from + to) >> 1]!;
}
