import { learnSpeeds, type LearnedSpeed } from '#road/speeds.ts';
import { type RoadSetting, roadSetting, speedCounts } from '../../../db/queries/road-speeds.ts';
import type { Database } from '../../../db/connect.ts';

/** What was learned of speeds so far, and whether it is used. */
export async function loadSpeeds(
  database: Database,
): Promise<{ setting: RoadSetting; speeds: LearnedSpeed[] }> {
  const { setting, counts } = await database.read(async tx => ({
    setting: await roadSetting(tx),
    counts: await speedCounts(tx),
  }));
  const speeds = learnSpeeds(
    counts.map(({ weekend, ...count }) => ({ ...count, dayKind: weekend ? 'weekend' : 'weekday' })),
  );
  return { setting, speeds };
}
