/** What a fresh report of her phone would say: which antenna it is on. */
import { defaultModel } from '../belief/model.ts';
import { radioOf } from '../belief/radio.ts';
import type { Antenna } from '../fact.ts';
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
  const shares = field.targets.map(target => servingShares(ground, target, antennas));
  const total = new Float64Array(antennas.length);
  shares.forEach((row, place) => {
    for (let antenna = 0; antenna < total.length; antenna++) total[antenna]! += row[antenna]! * mass[place]!;
  });
  return largest(total, mostAntennas).map(antenna => Float32Array.from(shares, row => row[antenna]!));
}

/** Of tables of antennas: target → how likely a phone there reports each antenna. */
const known = new WeakMap<readonly Antenna[], Map<string, Float32Array>>();
const mostKnown = 4000;

function servingShares(ground: Scene['ground'], target: number, antennas: readonly Antenna[]): Float32Array {
  const { id } = ground.targets[target]!;
  const byTarget = known.get(antennas) ?? new Map<string, Float32Array>();
  known.set(antennas, byTarget);
  const had = byTarget.get(id);
  if (had) return had;
  if (byTarget.size >= mostKnown) byTarget.clear();
  const spot = spotOf(ground, target);
  const radio = radioOf(ground, antennas, defaultModel);
  const shares = Float32Array.from(antennas, antenna =>
    radio.servedBy({ kind: 'cell', id: antenna.cellId, atS: 0, ...antenna })(spot),
  );
  // The radio takes the sum over all antennas once for a patch: here it is 1 only about.
  const scale =
    (1 - defaultModel.cellWrong) /
    Math.max(
      1,
      shares.reduce((sum, share) => sum + share, 0),
    );
  const made = shares.map(share => share * scale);
  byTarget.set(id, made);
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
function spotOf({ cellCount, placeCount, targetCells }: Scene['ground'], target: number): number {
  if (target < placeCount) return cellCount + target;
  const [from, to] = [targetCells.offset[target]!, targetCells.offset[target + 1]!];
  return targetCells.items[(from + to) >> 1]!;
}
