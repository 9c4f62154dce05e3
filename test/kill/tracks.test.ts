import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { fixAt } from '#domain/track/track.ts';
import { startCluster, stopCluster } from '../../db/cluster.ts';
import { connectDatabase, type Database } from '../../db/connect.ts';
import { systemClock } from '../../server/clock.ts';
import { compactTracks } from '../../server/services/track/compact.ts';
import { readTrack } from '../../server/services/track/read.ts';
import { copyOfTemplate, hasServer } from '../builders/database.ts';
import { Victim } from '../builders/victim.ts';
import { addUnits } from '../live/rows.ts';
import { counted } from '../track/fixes.ts';
import { closedDayMs } from './closed-days.ts';
import { feedOf, untilAcknowledged } from './sender.ts';

const script = fileURLToPath(new URL('../fixtures/track-writer.ts', import.meta.url));
const senders = 4;
const batch = 5;
/** From one fix of a unit to the next: six a quarter of an hour, so that chunks are many. */
const stepMs = 150_000;
const dayMs = 86_400_000;

interface Sent {
  done: boolean;
  acknowledged: number;
  /** What each unit reported: time, and the degrees of longitude that went with it. */
  fixes: Map<string, Map<number, number>>;
}

/** A gateway that sends each batch until it is acknowledged, and now and then one that was acknowledged long ago. */
async function send(victim: Victim, unitId: string, sent: Sent): Promise<void> {
  const mine = new Map<number, number>();
  sent.fixes.set(unitId, mine);
  const starts = [closedDayMs(systemClock, 0), closedDayMs(systemClock, 1)];
  for (let number = 0; !sent.done; number++) {
    const repeated = number % 7 === 6 ? number - 5 : number;
    const items = Array.from({ length: batch }, (_, index) => {
      const count = repeated * batch + index;
      const observedAtMs = starts[count % 2]! + ((count * stepMs + Math.floor(count / 500) * 1000) % dayMs);
      const lng = 103 + (count % 1000) / 1000;
      mine.set(observedAtMs, lng);
      return { unitId, observedAt: new Date(observedAtMs).toISOString(), lng, lat: 24.8, crs: 'wgs84' };
    });
    await untilAcknowledged(victim, items);
    sent.acknowledged += batch;
  }
}

/** What rows and chunks hold together. */
async function stored(database: Database): Promise<Sent['fixes']> {
  const found: Sent['fixes'] = new Map();
  for (let unit = 1; unit <= senders; unit++) {
    const track = await readTrack(database, `unt-${unit}`, closedDayMs(systemClock, 0), systemClock.now());
    const fixes = Array.from({ length: track.length }, (_, index) => fixAt(track, index));
    expect(new Set(fixes.map(fix => fix.observedAtMs)).size, 'no fix twice').toBe(fixes.length);
    found.set(`unt-${unit}`, new Map(fixes.map(fix => [fix.observedAtMs, fix.lng])));
  }
  return found;
}

describe('kill -9 while positions come in and are compacted', () => {
  /** Lets `disasters` happen, one after each few hundred acknowledged fixes, then compares. */
  async function check(
    place: { dataDir: string; databaseUrl?: string },
    disasters: ((victim: Victim) => Promise<void>)[],
  ): Promise<void> {
    const seeding = await connectDatabase(place);
    await addUnits(seeding, senders);
    await seeding.close();
    const victim = new Victim(script, place.dataDir, ...(place.databaseUrl ? [place.databaseUrl] : []));
    onTestFinished(() => victim.kill());
    const sent: Sent = { done: false, acknowledged: 0, fixes: new Map() };
    await victim.start();
    const sending = Array.from({ length: senders }, (_, index) => send(victim, `unt-${index + 1}`, sent));
    for (const disaster of disasters) {
      const before = sent.acknowledged;
      while (sent.acknowledged < before + 200) await sleep(5);
      await disaster(victim);
    }
    sent.done = true;
    await Promise.all(sending);
    await victim.kill();

    const database = await connectDatabase(place);
    try {
      const killed = await counted(database);
      expect(killed.chunks, 'there was something to be killed in the middle of').toBeGreaterThan(50);
      expect(await stored(database)).toEqual(sent.fixes);
      const turn = () => compactTracks({ database, clock: systemClock }, new AbortController().signal);
      while ((await turn()).rows > 0);
      expect(await stored(database)).toEqual(sent.fixes);
      const { rows } = await database.pool.query('select sum(fixes)::int as fixes from track_chunk');
      const all = [...sent.fixes.values()].reduce((sum, fixes) => sum + fixes.size, 0);
      expect([(await counted(database)).rows, rows[0].fixes]).toEqual([0, all]);
    } finally {
      await database.close();
    }
  }

  const killProcess = async (victim: Victim) => {
    await victim.kill();
    await victim.start();
  };

  it('R1 embedded: rows and chunks hold what was acknowledged, once', { timeout: 300_000 }, async () => {
    const dataDir = await copyOfTemplate();
    onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
    await check({ dataDir }, [killProcess, killProcess]);
  });

  it("R1 embedded: so they do when the database's thread dies alone", { timeout: 300_000 }, async () => {
    const dataDir = await copyOfTemplate();
    onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
    const killEngine = async (victim: Victim) => {
      const answer = await fetch(feedOf(victim)!, { method: 'DELETE' });
      expect([answer.status, await answer.text()], 'it had not died by itself').toEqual([200, '1']);
    };
    await check({ dataDir }, [killEngine, killEngine]);
  });

  it.runIf(hasServer)(
    'R1, R7 server: so they do when the database dies as well',
    { timeout: 300_000 },
    async () => {
      const folder = await mkdtemp(join(tmpdir(), 'jianmian-kill-'));
      const cluster = await startCluster({ folder });
      onTestFinished(async () => {
        await stopCluster(folder, { remove: true });
        await rm(folder, { recursive: true, force: true });
      });
      const killDatabase = async () => {
        await cluster.crash();
        await cluster.restart();
      };
      const killBoth = async (victim: Victim) => {
        await cluster.crash();
        await victim.kill();
        await cluster.restart();
        await victim.start();
      };
      await check({ dataDir: folder, databaseUrl: cluster.databaseUrl }, [
        killProcess,
        killDatabase,
        killProcess,
        killDatabase,
        killBoth,
      ]);
    },
  );
});
