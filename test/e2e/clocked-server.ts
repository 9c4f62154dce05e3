/** The whole server over a clock that jumps: for what takes hours or days. Sessions keep the machine's time, so nobody is signed out. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DemoClock } from '../../server/clock.ts';
import { readConfig } from '../../server/config.ts';
import { createLog } from '../../server/log.ts';
import { startServer } from '../../server/start.ts';
import { region } from './centre.ts';

export interface ClockedServer {
  readonly baseUrl: string;
  readonly clock: DemoClock;
  /** Everything it has printed so far. */
  output(): string;
  /** Later by `ms`; the time runs on from there. */
  advance(ms: number): void;
  stop(): Promise<void>;
}

/** A real installation over a synthetic county, empty, at `startAt` (ISO 8601). */
export async function startClockedServer(startAt: string): Promise<ClockedServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'jianmian-clocked-'));
  await region(dataDir, 'synth', '--seed', '3', '--population', '20000');
  const clock = DemoClock.create(Date.parse(startAt));
  const said: string[] = [];
  const server = await startServer({
    config: readConfig({ DATA_DIR: dataDir, PORT: '0', DEMO: '0', SECOND_FACTOR_ROLES: 'none' }),
    clock,
    log: createLog('error'),
    say: line => void said.push(line),
  });
  return {
    baseUrl: server.url,
    clock,
    output: () => said.join('\n'),
    advance: ms => clock.jumpTo(clock.now() + ms),
    stop: async () => {
      await server.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
