/** `npm run backup -- DIR`: the database and the data folder, kept in a folder of their own. */
import { parseArgs } from 'node:util';
import { makeBackup } from '../backup/make.ts';
import { BadBackup } from '../backup/manifest.ts';
import { readConfig } from '../config.ts';
import { explained, NotDone, withServices } from './with-services.ts';

const USAGE = `Keeps the database, the regions and the signed days of the audit in a new folder, with the hash of each file.

  npm run backup -- DIR

The database is DATABASE_URL's, whose server may go on working, or the embedded one in DATA_DIR (./data), whose server must not be
running. PostgreSQL's owner needs no further right. The folder holds names and keys: keep it as well as the database.
Exit codes: 0 done, 2 it could not be done.`;

try {
  if (process.argv.includes('--help')) console.log(USAGE);
  else {
    const { positionals } = parseArgs({ allowPositionals: true, options: {} });
    const [to, ...rest] = positionals;
    if (to === undefined || rest.length > 0) throw new NotDone(`expected one folder\n\n${USAGE}`);
    const { seq, head } = await makeBackup(readConfig(), withServices, to);
    console.log(`${to}: done; the audit has ${seq} rows, its head is ${head}`);
  }
} catch (error) {
  const line = error instanceof BadBackup ? error.message : explained(error, USAGE);
  if (line === undefined) throw error;
  console.error(`backup: ${line}`);
  process.exitCode = 2;
}
