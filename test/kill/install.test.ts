import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startCluster, stopCluster } from '../../db/cluster.ts';
import { connectDatabase, type Database } from '../../db/connect.ts';
import { copyOfTemplate, hasServer } from '../builders/database.ts';
import { Victim } from '../builders/victim.ts';
import { wholeCounty } from './counties.ts';

const script = fileURLToPath(new URL('../fixtures/region-installer.ts', import.meta.url));
const idColumn: Record<string, string> = { jurisdiction: 'station_id', cell_sector: 'cell_id' };

/** Which county is in the database; fails when it is not in whole, or another one is left beside it. */
async function countyIn({ pool }: Database): Promise<{ id: string; installed: number }> {
  const { rows } = await pool.query<{ id: string }>('select id from region where current');
  expect(rows).toHaveLength(1);
  const { id } = rows[0]!;
  for (const [table, expected] of Object.entries(wholeCounty)) {
    const column = idColumn[table] ?? 'id';
    const { rows: found } = await pool.query<{ letter: string; count: number }>(
      `select left(${column}, 1) as letter, count(*)::int as count from ${table} group by 1`,
    );
    expect(found, `${table} of ${id}`).toEqual([{ letter: id[0], count: expected }]);
  }
  const log = await pool.query<{ regionId: string; count: number }>(
    `select payload->>'regionId' as "regionId", (count(*) over ())::int as count from domain_event
     where kind = 'regionInstalled' order by seq desc limit 1`,
  );
  expect(log.rows[0]!.regionId, 'the log tells of what is in').toBe(id);
  const audit = await pool.query(
    "select resource from audit_entry where action = 'region.install' order by seq desc limit 1",
  );
  expect(audit.rows).toEqual([{ resource: id }]);
  return { id, installed: log.rows[0]!.count };
}

describe('kill -9 while a region is loaded into the database', () => {
  /** Lets the installer work a little longer each time, strikes, and looks at what is there. */
  async function check(
    place: { dataDir: string; databaseUrl?: string },
    strikes: ((victim: Victim) => Promise<void>)[],
  ): Promise<void> {
    const victim = new Victim(script, place.dataDir, ...(place.databaseUrl ? [place.databaseUrl] : []));
    onTestFinished(() => victim.kill());
    let installed = 0;
    for (const [index, strike] of strikes.entries()) {
      await victim.start();
      await sleep(70 * index + 20);
      await strike(victim);
      const database = await connectDatabase(place);
      const county = await countyIn(database);
      await database.close();
      expect(county.installed).toBeGreaterThanOrEqual(installed);
      installed = county.installed;
    }
    expect(installed).toBeGreaterThan(0);
  }

  it('embedded: the old region or the new one is in, whole', { timeout: 300_000 }, async () => {
    const dataDir = await copyOfTemplate();
    onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
    await check({ dataDir }, [victim => victim.kill(), victim => victim.kill()]);
  });

  it.runIf(hasServer)(
    'server: so it is when the database dies in the middle',
    { timeout: 300_000 },
    async () => {
      const folder = await mkdtemp(join(tmpdir(), 'jianmian-kill-'));
      const cluster = await startCluster({ folder });
      onTestFinished(async () => {
        await stopCluster(folder, { remove: true });
        await rm(folder, { recursive: true, force: true });
      });
      const kill = (victim: Victim) => victim.kill();
      const crash = async (victim: Victim) => {
        await cluster.crash();
        await victim.kill();
        await cluster.restart();
      };
      await check({ dataDir: folder, databaseUrl: cluster.databaseUrl }, [kill, crash, kill, crash, kill]);
    },
  );
});
