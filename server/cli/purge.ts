/** `npm run purge [-- --verify | --due]`: erases what is past its period, or checks the receipts of earlier runs. */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { ReceiptBody } from '#contract/retention.ts';
import { connectDatabase } from '../../db/connect.ts';
import { FolderInUse } from '../../db/embedded/folder-lock.ts';
import { DatabaseUnavailable, DatabaseUnsuitable } from '../../db/errors.ts';
import { countDue, purgeReceipts } from '../../db/queries/retention.ts';
import { systemClock } from '../clock.ts';
import { ConfigError, readConfig } from '../config.ts';
import type { ServiceDeps } from '../deps.ts';
import { createLog } from '../log.ts';
import { dueBefore, readPeriods } from '../services/purge/periods.ts';
import { checkReceipts } from '../services/purge/receipt.ts';
import { purge } from '../services/purge/run.ts';
import { ensureSecret } from '../services/secret/ensure.ts';
import { InProcessBus } from '../stream/bus.ts';

const USAGE = `Erases what is past its retention period, writes the space anew and leaves a signed receipt. A running server does the same
each night by itself.

  npm run purge                 one run
  npm run purge -- --due        only says how many incidents are due and how many are held
  npm run purge -- --verify     checks signature and order of all receipts

The database is DATABASE_URL's, or the embedded one in DATA_DIR (./data), whose server must not be running.
Exit codes: 0 done, 1 a receipt is not as it was signed, 2 it could not be done.`;

class NotDone extends Error {}

type Wanted = 'run' | 'due' | 'verify';

function readWanted(): Wanted {
  const { values } = parseArgs({ options: { due: { type: 'boolean' }, verify: { type: 'boolean' } } });
  if (values.due && values.verify) throw new NotDone('expected either --due or --verify');
  if (values.due) return 'due';
  return values.verify ? 'verify' : 'run';
}

async function work(wanted: Wanted): Promise<void> {
  const { databaseUrl, dataDir, logLevel } = readConfig();
  if (databaseUrl === undefined && !existsSync(join(dataDir, 'database')))
    throw new NotDone(`the data folder ${dataDir} holds no database; set DATA_DIR or DATABASE_URL`);
  const database = await connectDatabase({ databaseUrl, dataDir, migrations: 'leave' });
  try {
    const log = createLog(logLevel);
    const bus = new InProcessBus(error => log.error({ error }, 'a listener failed'));
    const random = (count: number) => new Uint8Array(randomBytes(count));
    const base = { clock: systemClock, database, log, bus, randomBytes: random };
    if (wanted === 'verify') return verify(await database.read(purgeReceipts));
    const deps: ServiceDeps = { ...base, hashKey: await ensureSecret(base, 'hashKey') };
    if (wanted === 'due') return await sayDue(deps);
    const receipt = await purge(deps, new AbortController().signal);
    if (receipt) say(receipt);
  } finally {
    await database.close();
  }
}

async function sayDue({ clock, database }: ServiceDeps): Promise<void> {
  const before = dueBefore(clock.now(), await readPeriods(database));
  const { due, held } = await database.read(tx => countDue(tx, before));
  console.log(`${due} incidents are due, ${held} are held`);
}

function say({ id, classes, held, space }: ReceiptBody): void {
  console.log(`receipt ${id}, ${held} incidents held, space ${space}`);
  for (const { class: name, dueBefore, rows } of classes) {
    const counts = Object.entries(rows).map(([table, count]) => `${table} ${count}`);
    console.log(`  ${name.padEnd(10)} before ${dueBefore}  ${counts.join(', ')}`);
  }
}

function verify(receipts: Parameters<typeof checkReceipts>[0]): void {
  const bad = checkReceipts(receipts).filter(({ valid }) => !valid);
  for (const { id } of bad)
    console.error(`BAD: receipt ${id} is not as it was signed, or one before it is missing`);
  if (bad.length > 0) process.exitCode = 1;
  else console.log(`ok: ${receipts.length} receipts`);
}

function explain(error: unknown): string | undefined {
  if (error instanceof FolderInUse) return `${error.message}\nIts server purges each night by itself.`;
  const known = [NotDone, ConfigError, DatabaseUnavailable, DatabaseUnsuitable];
  if (known.some(type => error instanceof type)) return (error as Error).message;
  const { code } = error as { code?: string };
  return code?.startsWith('ERR_PARSE_ARGS') ? `${(error as Error).message}\n\n${USAGE}` : undefined;
}

try {
  if (process.argv.includes('--help')) console.log(USAGE);
  else await work(readWanted());
} catch (error) {
  const line = explain(error);
  if (line === undefined) throw error;
  console.error(`purge: ${line}`);
  process.exitCode = 2;
}
