import { decodeIfSound } from '#domain/track/chunk.ts';
import { fixAt } from '#domain/track/track.ts';
import type { Database } from '../../../db/connect.ts';
import type { StoredFix } from '../../../db/queries/latest-fixes.ts';
import { newestChunks } from '../../../db/queries/track-chunks.ts';

/**
 * The newest fix of every unit that chunks know of, for units whose rows are all compacted. Its key is empty: of a row
 * of the same instant, the row wins. A damaged
 * chunk keeps no server from starting.
 */
export async function newestInChunks(database: Database): Promise<StoredFix[]> {
  const chunks = await database.read(newestChunks);
  return chunks.flatMap(({ unitId, slot, stationId, body }) => {
    const track = decodeIfSound(body);
    if (!track) return [];
    const { crs: _, deviceId: __, receivedAtMs: ___, ...fix } = fixAt(track, track.future.lastIndexOf(0));
    return { unitId, slot, stationId, ...fix, key: '' };
  });
}
