/** The town of the arena with the belief's ground over it. */
import type { GroundSource } from '../../../server/locate/ground.ts';
import { buildGround } from '../../../server/locate/ground/build.ts';
import type { Arena } from '../../bench/arena/setup.ts';
import { arenaTown } from '../../sim/arena/town.ts';

export function whatIfTown(): Arena {
  const region = arenaTown(400);
  const { spots, antennas } = region;
  const named = spots.map(spot => ({ ...spot, name: spot.id }));
  const source = {
    places: named.filter(({ path }) => !path),
    segments: named.flatMap(spot => (spot.path ? [{ ...spot, line: spot.path }] : [])),
  } as GroundSource;
  return {
    region,
    ground: buildGround(region.graph, source),
    antennas,
    antennasOfTrueModel: [...antennas],
  };
}
