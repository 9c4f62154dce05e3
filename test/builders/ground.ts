/** Roads and tables for the small county, so that beliefs can be worked out of it. */
import { sql } from 'drizzle-orm';
import type { LngLat } from '#road/geo.ts';
import { buildRoadGraph } from '#road/assemble.ts';
import { buildHierarchy } from '#road/contraction.ts';
import { serializeRoad } from '#road/file.ts';
import { RoadRouter } from '#road/router.ts';
import type { Database } from '../../db/connect.ts';
import type { GroundTables } from '../../server/locating/protocol.ts';
import type { TestGround } from './app.ts';
import { bank } from './county.ts';
import { street } from './street.ts';

const west = 103.3;
const south = 24.72;
const step = 0.005;
const columns = 17;
const rows = 13;

/** A town of streets at right angles, half a kilometre apart. */
function townRoads(): { router: RoadRouter; road: SharedArrayBuffer } {
  const nodes = new Map<number, LngLat>();
  const id = (column: number, row: number) => row * columns + column;
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      nodes.set(id(column, row), [west + column * step, south + row * step]);
  const along = (count: number, node: (i: number) => number) =>
    Array.from({ length: count }, (_, i) => node(i));
  const ways = [
    ...along(rows, row => row).map(row =>
      street(
        1 + row,
        along(columns, column => id(column, row)),
      ),
    ),
    ...along(columns, column => column).map(column =>
      street(
        100 + column,
        along(rows, row => id(column, row)),
      ),
    ),
  ];
  const graph = buildRoadGraph({ nodes, ways, restrictions: [], barriers: [] });
  const hierarchy = buildHierarchy(graph);
  const bytes = serializeRoad(graph, hierarchy);
  const road = new SharedArrayBuffer(bytes.length);
  new Uint8Array(road).set(bytes);
  return { router: new RoadRouter(graph, hierarchy), road };
}

const at = ({ lng, lat }: { lng: number; lat: number }): LngLat => [lng, lat];

/** As `seedCounty` has them, and some more places to be at. */
const tables: GroundTables = {
  places: [
    { id: bank.id, kind: 'bank', name: '江源银行', nameEn: 'Jiangyuan Bank', position: at(bank.position) },
    ...Array.from({ length: 12 }, (_, i) => ({
      id: `p-${i}`,
      kind: (['hotel', 'carPark', 'residence'] as const)[i % 3]!,
      name: `场所${i}`,
      position: [west + 0.004 + i * 0.006, south + 0.008 + ((i * 7) % 10) * 0.005] as LngLat,
    })),
  ],
  segments: [
    {
      id: 's-gravel',
      kind: 'industrialRoad',
      name: '园区南路',
      line: [
        [103.359, 24.74],
        [103.361, 24.74],
      ],
    },
  ],
  antennas: [0, 120, 240].flatMap((azimuthDeg, i) =>
    [0.01, 0.04, 0.07].map((away, k) => ({
      cellId: `a-${k}-${i}`,
      site: [west + away, south + 0.03] as LngLat,
      azimuthDeg,
      beamwidthDeg: 120,
      rangeM: 2500,
    })),
  ),
  cameras: [],
  stations: [
    { id: 'st-east', position: [103.36, 24.75] },
    { id: 'st-west', position: [103.31, 24.75] },
  ],
};

/** The ground of the town with the county's tables, and its router. */
export function townGround(): { ground: TestGround; router: RoadRouter } {
  const { router, road } = townRoads();
  return { ground: { road, tables }, router };
}

/** The ground's places that the small county does not have. */
export async function seedGround(database: Database, { tables: { places } }: TestGround): Promise<void> {
  await database.maintain(async tx => {
    for (const { id, kind, name, position } of places)
      await tx.execute(sql`insert into place (id, kind, name, search_text, position)
        values (${id}, ${kind}, ${name}, ${name}, ST_SetSRID(ST_MakePoint(${position[0]}, ${position[1]}), 4326))
        on conflict do nothing`);
  });
}
