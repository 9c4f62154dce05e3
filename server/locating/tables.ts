import { type LineKind, lineKinds } from '#contract/kinds.ts';
import type { PlaceKind } from '#contract/place.ts';
import type { RegionInUse } from '../region/in-use.ts';
import type { RegionReference } from '../region/reference.ts';
import { readReference } from '../region/versions.ts';
import type { GroundTables } from './protocol.ts';

const isPoint = <Place extends { kind: PlaceKind }>(
  place: Place,
): place is Place & { kind: Exclude<PlaceKind, LineKind> } => !lineKinds.some(kind => kind === place.kind);

/** The tables of the region in use; they may be replaced while the server runs. */
export interface TableSource {
  /** Another one whenever the tables are others; undefined without a region. */
  id(): string | undefined;
  read(): Promise<GroundTables>;
}

export const tablesOf = (region: RegionInUse): TableSource => ({
  id: () => region.current?.manifest.id,
  async read() {
    if (!region.current) throw new Error('no region is installed');
    return groundTables(await readReference(region.current));
  },
});

/** What locating needs of a region's tables. */
function groundTables({ places, segments, cellSites, cameras, stations }: RegionReference): GroundTables {
  return {
    places: places.filter(isPoint),
    segments,
    antennas: cellSites.flatMap(({ position: site, sectors }) =>
      sectors.map(sector => ({ ...sector, site })),
    ),
    cameras,
    stations,
  };
}
