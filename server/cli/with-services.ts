import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { connectDatabase } from '../../db/connect.ts';
import { FolderInUse } from '../../db/embedded/folder-lock.ts';
import { DatabaseUnavailable, DatabaseUnsuitable } from '../../db/errors.ts';
import { systemClock } from '../clock.ts';
import { ConfigError, readConfig } from '../config.ts';
import type { ServiceDeps } from '../deps.ts';
import { createLog } from '../log.ts';
import { ensureSecret } from '../services/secret/ensure.ts';
import { InProcessBus } from '../stream/bus.ts';

/** What a command was asked for cannot be done; its message says why. */
export class NotDone extends Error {}

/**
 * Runs `work` with the services over the installed database: DATABASE_URL's, or the embedded one in DATA_DIR, whose server
 * must not be running. Throws NotDone, ConfigError, FolderInUse, DatabaseUnavailable, DatabaseUnsuitable.
 */
export async function withServices(work: (deps: ServiceDeps) => Promise<void>): Promise<void> {
  const { databaseUrl, dataDir, logLevel } = readConfig();
  if (databaseUrl === undefined && !existsSync(join(dataDir, 'database')))
    throw new NotDone(`the data folder ${dataDir} holds no database; set DATA_DIR or DATABASE_URL`);
  const database = await connectDatabase({ databaseUrl, dataDir, migrations: 'leave' });
  try {
    const log = createLog(logLevel);
    const bus = new InProcessBus(error => log.error({ error }, 'a listener failed'));
    const random = (count: number) => new Uint8Array(randomBytes(count));
    const base = { clock: systemClock, database, log, bus, randomBytes: random };
    await work({ ...base, hashKey: await ensureSecret(base, 'hashKey') });
  } finally {
    await database.close();
  }
}

/** Why a command could not do its work, for the person at the terminal; undefined: a fault of ours. */
export function explained(error: unknown, usage: string): string | undefined {
  const known = [NotDone, ConfigError, FolderInUse, DatabaseUnavailable, DatabaseUnsuitable];
  if (known.some(type => error instanceof type)) return (error as Error).message;
  const { code } = error as { code?: string };
  return code?.startsWith('ERR_PARSE_ARGS') ? `${(error as Error).message}\n\n${usage}` : undefined;
}
