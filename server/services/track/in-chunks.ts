import type { Crs } from '#contract/common.ts';
import { decodeIfSound } from '#domain/track/chunk.ts';
import { identityAt, trackOf } from '#domain/track/track.ts';
import { windowOf } from '#domain/track/window.ts';
import { chunksAt } from '../../../db/queries/track-chunks.ts';
import type { Tx } from '../../../db/transaction.ts';
import type { Fix } from '../../live/fix.ts';
import { dayMs, trackKeeping } from './keeping.ts';

/** What is younger when it comes is certainly no chunk yet: the day before today is hot as a whole. */
const surelyHotMs = (trackKeeping.hotDays - 1) * dayMs;

/**
 * The keys of those fixes that chunks hold already: sent again after their day was compacted.
 * What a damaged chunk held is not known, so that it comes in again.
 */
export async function keysInChunks(tx: Tx, fixes: readonly Fix[]): Promise<Set<string>> {
  const old = fixes.filter(fix => fix.observedAtMs < fix.receivedAtMs - surelyHotMs);
  if (old.length === 0) return new Set();
  const asked = new Map(
    old.map(
      fix =>
        [`${windowOf(fix.observedAtMs)} ${fix.unitId}`, [fix.unitId, windowOf(fix.observedAtMs)]] as const,
    ),
  );
  const places = [...asked.values()];
  const chunks = await chunksAt(
    tx,
    places.map(([unitId]) => unitId),
    places.map(([, windowAtMs]) => windowAtMs),
  );
  // A chunk holds hundreds, of which mostly one is asked for.
  const instants = new Set(old.map(fix => Math.round(fix.observedAtMs)));
  const known = new Set<string>();
  for (const { unitId, body } of chunks) {
    const track = decodeIfSound(body);
    if (!track) continue;
    for (let index = 0; index < track.length; index++)
      if (instants.has(track.observedAtMs[index]!)) known.add(`${unitId} ${identityAt(track, index)}`);
  }
  const name = (fix: Fix) => `${fix.unitId} ${identityAt(trackOf([{ ...fix, crs: fix.rawCrs as Crs }]), 0)}`;
  return new Set(old.filter(fix => known.has(name(fix))).map(fix => fix.key));
}
