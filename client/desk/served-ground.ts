import { fetchCellSites } from '../api/reference.ts';
import type { ServedGround } from '../map/scene.ts';
import { lngLat } from './scene.ts';

/** The ground that each antenna of the county serves best, worked out once; its code comes when it is asked for. */
export async function fetchServedGround(): Promise<ServedGround[]> {
  const [sites, { bestServers }] = await Promise.all([
    fetchCellSites(),
    import('../map/sources/best-servers.ts'),
  ]);
  return bestServers(sites.map(({ position, sectors }) => ({ position: lngLat(position), sectors })));
}
