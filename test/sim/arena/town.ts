/** A town for the arena: a grid of streets with places and lonely lanes strewn over it. */
import { buildRoadGraph } from '../../../server/road/assemble.ts';
import { buildHierarchy } from '../../../server/road/contraction.ts';
import { edgeShape, nodePosition } from '../../../server/road/graph.ts';
import { type ArenaRegion, type ArenaSource, arenaRegion } from '../../../server/sim/arena/region.ts';
import { gridTown, seededRandom } from '../../road/gridTown.ts';

const kinds = ['bank', 'atm', 'hotel', 'carPark', 'park', 'guestHouse', 'office'] as const;

export function arenaTown(junctions = 900, seed = 3): ArenaRegion {
  const graph = buildRoadGraph(gridTown(junctions, seed));
  const random = seededRandom(seed);
  const source: ArenaSource = {
    places: Array.from({ length: 60 }, (_, i) => ({
      id: `p${i}`,
      kind: kinds[i % kinds.length]!,
      position: nodePosition(graph, Math.floor(random() * graph.junctionCount)),
    })),
    segments: Array.from({ length: 60 }, (_, i) => ({
      id: `s${i}`,
      kind: i % 3 === 0 ? ('industrialRoad' as const) : ('quietRoad' as const),
      line: edgeShape(graph, Math.floor(random() * graph.edgeCount)),
    })),
    stations: [],
    cellSites: [],
    cameras: [],
  };
  return arenaRegion(graph, buildHierarchy(graph), source);
}
