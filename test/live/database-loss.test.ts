import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Cluster, startCluster, stopCluster } from '../../db/cluster.ts';
import { connectDatabase, type Database } from '../../db/connect.ts';
import { DatabaseUnavailable } from '../../db/errors.ts';
import { decodePosition } from '../../server/ingest/adapters/positions.ts';
import { type Live, startLive } from '../../server/live/live.ts';
import { hasServer } from '../builders/database.ts';
import { gateway } from '../ingest/fixes.ts';
import { startMs } from '../stream/facts.ts';
import { addUnits, appendFacts } from './rows.ts';

const missing = hasServer ? '' : ': PostgreSQL is not installed';

describe.skipIf(!hasServer)(`the live side without its database${missing}`, () => {
  let folder: string;
  let cluster: Cluster;
  let database: Database;
  let live: Live;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'jianmian-loss-'));
    cluster = await startCluster({ folder });
    database = await connectDatabase({ databaseUrl: cluster.databaseUrl, dataDir: folder });
    await addUnits(database, 3);
    live = await startLive({ clock: { now: () => Date.now() }, database, log: pino({ level: 'silent' }) });
  });
  afterAll(async () => {
    await live.stop();
    await database.close();
    await stopCluster(folder, { remove: true });
    await rm(folder, { recursive: true, force: true });
  });

  const until = async (holds: () => boolean) => {
    while (!holds()) await sleep(20);
  };

  it('R7 acknowledges only what is stored, tells how old the data is, and goes on by itself', async () => {
    let count = 0;
    const acknowledged: string[] = [];
    const send = async () => {
      const observedAt = new Date(Date.UTC(2026, 10, 22) + count++ * 1000).toISOString();
      await live.pipeline.accept(
        gateway,
        [{ unitId: 'unt-1', observedAt, lng: 103.3, lat: 24.8 }],
        decodePosition,
      );
      acknowledged.push(observedAt);
    };
    for (let index = 0; index < 20; index++) await send();
    await cluster.crash();
    await expect(send()).rejects.toBeInstanceOf(DatabaseUnavailable);
    await until(() => live.dataAgeS() > 0);

    await cluster.restart();
    await until(() => live.dataAgeS() === 0);
    await send();
    await appendFacts(database, [
      {
        seq: 0,
        kind: 'deviceRegistered',
        incidentId: null,
        actor: 'system:test',
        observedAt: new Date(startMs).toISOString(),
        receivedAt: new Date(startMs).toISOString(),
        payload: { deviceId: 'dev-1', unitId: 'unt-1', protocol: 'osmand' },
      },
    ]);
    await until(() => live.world().seq === 1);
    const { rows } = await database.pool.query<{ observed_at: Date }>('select observed_at from position');
    const stored = new Set(rows.map(row => row.observed_at.toISOString()));
    for (const observedAt of acknowledged) expect(stored).toContain(observedAt);
    expect(stored.size).toBe(rows.length);
  });
});
