import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { connectDatabase, type Database } from '../../db/connect.ts';
import { copyOfTemplate, dropServerDatabase, hasServer, newServerDatabase } from '../builders/database.ts';
import { Victim } from '../builders/victim.ts';
import { untilAcknowledged } from '../kill/sender.ts';
import { addUnits } from '../live/rows.ts';

const script = fileURLToPath(new URL('../fixtures/position-writer.ts', import.meta.url));
const kills = 2;
const senders = 4;

interface Place {
  dataDir: string;
  databaseUrl?: string;
}

/** A gateway that sends each batch until it is acknowledged. */
async function send(
  victim: Victim,
  sender: number,
  state: { done: boolean; acknowledged: number },
  sent: Set<string>,
) {
  for (let batch = 0; !state.done; batch++) {
    const items = Array.from({ length: 5 }, (_, index) => {
      const observedAt = new Date(Date.UTC(2026, 10, 22, 2, 0, 0, batch * 5 + index)).toISOString();
      sent.add(`unt-${sender} ${observedAt}`);
      return { unitId: `unt-${sender}`, observedAt, lng: 103.3 + sender / 100, lat: 24.8, crs: 'wgs84' };
    });
    await untilAcknowledged(victim, items);
    state.acknowledged += items.length;
  }
}

async function storedIn(place: Place): Promise<string[]> {
  const database: Database = await connectDatabase(place);
  try {
    const { rows } = await database.pool.query<{ unit_id: string; observed_at: Date }>(
      'select unit_id, observed_at from position',
    );
    return rows.map(row => `${row.unit_id} ${row.observed_at.toISOString()}`);
  } finally {
    await database.close();
  }
}

describe('kill -9 while positions come in', () => {
  async function check(place: Place): Promise<void> {
    const seeding = await connectDatabase(place);
    await addUnits(seeding, senders);
    await seeding.close();
    const { dataDir, databaseUrl } = place;
    const victim = new Victim(script, dataDir, ...(databaseUrl ? [databaseUrl] : []));
    onTestFinished(() => victim.kill());
    const state = { done: false, acknowledged: 0 };
    const sent = new Set<string>();
    await victim.start();
    const sending = Array.from({ length: senders }, (_, index) => send(victim, index + 1, state, sent));
    for (let round = 0; round < kills; round++) {
      const before = state.acknowledged;
      while (state.acknowledged < before + 100) await sleep(5);
      await victim.kill();
      await victim.start();
    }
    state.done = true;
    await Promise.all(sending);
    await victim.kill();
    const stored = await storedIn(place);
    expect(state.acknowledged).toBe(sent.size);
    expect(stored.toSorted()).toEqual([...sent].toSorted());
  }

  it('R1 stores what was sent, all of it and nothing twice: embedded', { timeout: 300_000 }, async () => {
    const dataDir = await copyOfTemplate();
    onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
    await check({ dataDir });
  });

  it.runIf(hasServer)(
    'R1 stores what was sent, all of it and nothing twice: server',
    { timeout: 300_000 },
    async () => {
      const databaseUrl = await newServerDatabase();
      onTestFinished(() => dropServerDatabase(databaseUrl));
      await check({ dataDir: '', databaseUrl });
    },
  );
});
