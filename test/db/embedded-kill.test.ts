import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { EmbeddedDatabase } from '../../db/embedded/database.ts';
import { copyOfTemplate } from '../builders/database.ts';

const WRITER = fileURLToPath(new URL('../fixtures/embedded-writer.ts', import.meta.url));

it('the embedded database loses no acknowledged row when its process is killed, again and again', async () => {
  const dataDir = await copyOfTemplate();
  const folder = join(dataDir, 'database');
  const acknowledged = new Set<number>();
  const lives = [30, 200];
  for (const rows of lives) for (const id of await writeUntilKilled(folder, rows)) acknowledged.add(id);
  const database = await EmbeddedDatabase.start({ folder });
  const pool = database.pool();
  const { rows } = await pool.query<{ id: number }>('select id from acknowledged');
  await pool.end();
  await database.close();
  await rm(dataDir, { recursive: true });

  const stored = new Set(rows.map(row => row.id));
  expect(acknowledged.size).toBeGreaterThanOrEqual(230);
  expect([...acknowledged].filter(id => !stored.has(id))).toEqual([]);
  // One insert of each life may have been stored without its answer getting out.
  expect(stored.size - acknowledged.size).toBeLessThanOrEqual(lives.length);
}, 120_000);

/** Runs a process that inserts and prints the ids it got an answer for; SIGKILL after `rows` of them. */
async function writeUntilKilled(folder: string, rows: number): Promise<number[]> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', WRITER, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ids: number[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    ids.push(Number(line));
    if (ids.length === rows) child.kill('SIGKILL');
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return ids;
}
