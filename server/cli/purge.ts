/** `npm run purge [-- --verify | --due]`: erases what is past its period, or checks the receipts of earlier runs. */
import { parseArgs } from 'node:util';
import type { ReceiptBody } from '#contract/retention.ts';
import { FolderInUse } from '../../db/embedded/folder-lock.ts';
import { countDue, purgeReceipts } from '../../db/queries/retention.ts';
import type { ServiceDeps } from '../deps.ts';
import { dueBefore, readPeriods } from '../services/purge/periods.ts';
import { checkReceipts } from '../services/purge/receipt.ts';
import { purge } from '../services/purge/run.ts';
import { explained, NotDone, withServices } from './with-services.ts';

const USAGE = `Erases what is past its retention period, writes the space anew and leaves a signed receipt. A running server does the same
each night by itself.

  npm run purge                 one run
  npm run purge -- --due        only says how many incidents are due and how many are held
  npm run purge -- --verify     checks signature and order of all receipts

The database is DATABASE_URL's, or the embedded one in DATA_DIR (./data), whose server must not be running.
Exit codes: 0 done, 1 a receipt is not as it was signed, 2 it could not be done.`;

type Wanted = 'run' | 'due' | 'verify';

function readWanted(): Wanted {
  const { values } = parseArgs({ options: { due: { type: 'boolean' }, verify: { type: 'boolean' } } });
  if (values.due && values.verify) throw new NotDone('expected either --due or --verify');
  if (values.due) return 'due';
  return values.verify ? 'verify' : 'run';
}

async function work(wanted: Wanted, deps: ServiceDeps): Promise<void> {
  if (wanted === 'verify') return verify(await deps.database.read(purgeReceipts));
  if (wanted === 'due') return await sayDue(deps);
  const receipt = await purge(deps, new AbortController().signal);
  if (receipt) say(receipt);
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
  const line = explained(error, USAGE);
  return error instanceof FolderInUse ? `${line}\nIts server purges each night by itself.` : line;
}

try {
  if (process.argv.includes('--help')) console.log(USAGE);
  else {
    const wanted = readWanted();
    await withServices(deps => work(wanted, deps));
  }
} catch (error) {
  const line = explain(error);
  if (line === undefined) throw error;
  console.error(`purge: ${line}`);
  process.exitCode = 2;
}
