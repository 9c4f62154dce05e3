/** A data folder with a small county for a demo of its own, and waiting for what it does. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeRegion } from '../../server/region/make.ts';

export async function demoFolder(): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'jianmian-demo-'));
  const createdAt = '2026-11-22T00:00:00.000Z';
  await makeRegion({ from: 'synth', seed: 1, population: 20_000 }, dataDir, { createdAt });
  return dataDir;
}

/** Asks ten times a second until there is an answer; the test's own time-out ends it. */
export async function until<T>(ask: () => T | Promise<T>): Promise<NonNullable<T>> {
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}
