/** `npm run restore -- DIR`: a backup, put where nothing is yet, and checked. */
import { parseArgs } from 'node:util';
import { BadBackup } from '../backup/manifest.ts';
import { restoreBackup } from '../backup/restore.ts';
import { readConfig } from '../config.ts';
import { explained, NotDone, withServices } from './with-services.ts';

const USAGE = `Restores what npm run backup kept, into an empty DATA_DIR and, with DATABASE_URL, an empty database with PostGIS. Checks the hash
of each file before, the rows of each table and the chain of the audit after it.

  npm run restore -- DIR

What was purged since the backup is there again: run npm run purge after it.
Exit codes: 0 done, 2 it could not be done, or what was restored is not what was kept.`;

try {
  if (process.argv.includes('--help')) console.log(USAGE);
  else {
    const { positionals } = parseArgs({ allowPositionals: true, options: {} });
    const [from, ...rest] = positionals;
    if (from === undefined || rest.length > 0) throw new NotDone(`expected one folder\n\n${USAGE}`);
    const { madeAt, audit, rows } = await restoreBackup(readConfig(), withServices, from);
    const tables = Object.keys(rows).length;
    console.log(
      `restored the backup of ${madeAt}: ${tables} tables as they were, audit whole up to row ${audit.seq}`,
    );
    console.log('what was purged since then is there again; run: npm run purge');
  }
} catch (error) {
  const line = error instanceof BadBackup ? error.message : explained(error, USAGE);
  if (line === undefined) throw error;
  console.error(`restore: ${line}`);
  process.exitCode = 2;
}
