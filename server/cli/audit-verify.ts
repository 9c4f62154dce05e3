/** `npm run audit:verify [-- --head HASH]`: does the audit still say what was written? */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { connectDatabase } from '../../db/connect.ts';
import { FolderInUse } from '../../db/embedded/folder-lock.ts';
import { DatabaseUnavailable, DatabaseUnsuitable } from '../../db/errors.ts';
import { type AuditVerdict, verifyAudit } from '../audit/verify.ts';
import { ConfigError, readConfig } from '../config.ts';

const USAGE = `Recomputes the hash chain of the audit, from its first row to its head.

  npm run audit:verify [-- --head HASH]
      --head: a head that was noted earlier; shows whether rows after it, or it, were cut off since

The database is DATABASE_URL's, or the embedded one in DATA_DIR (./data), whose server must not be running.
Exit codes: 0 the audit is whole, 1 it is not, 2 it could not be looked at.`;

const FAULTS: Record<Extract<AuditVerdict, { ok: false }>['reason'], string> = {
  missing: 'rows were deleted before it, or it was put in',
  link: 'it does not follow on the row before it',
  changed: 'its content is not what was written',
  tail: 'the rows from there on were deleted, or the noted head is not in the chain',
};

/** The check could not be made; nothing is said about the audit. */
class NotLooked extends Error {}

function readHead(): string | undefined {
  const { values } = parseArgs({ options: { head: { type: 'string' } } });
  if (values.head !== undefined && !/^[0-9a-f]{64}$/i.test(values.head))
    throw new NotLooked(`--head ${values.head}: expected 64 hexadecimal digits`);
  return values.head?.toLowerCase();
}

async function verify(expectedHead: string | undefined): Promise<AuditVerdict> {
  const { databaseUrl, dataDir } = readConfig();
  if (databaseUrl === undefined && !existsSync(join(dataDir, 'database')))
    throw new NotLooked(`the data folder ${dataDir} holds no database; set DATA_DIR or DATABASE_URL`);
  const database = await connectDatabase({ databaseUrl, dataDir, migrations: 'leave' });
  try {
    return await verifyAudit(database, expectedHead);
  } finally {
    await database.close();
  }
}

function report(verdict: AuditVerdict): void {
  if (verdict.ok) {
    console.log(`ok: ${verdict.rows} rows, head ${verdict.headHash}`);
    return;
  }
  console.error(
    `BAD: row ${verdict.firstBadSeq}: ${FAULTS[verdict.reason]}. The ${verdict.rows} rows before it are whole.`,
  );
  process.exitCode = 1;
}

function explain(error: unknown): string | undefined {
  if (error instanceof FolderInUse)
    return `${error.message}\nAn embedded database is verified while its server is stopped; on PostgreSQL it need not be.`;
  const known = [NotLooked, ConfigError, DatabaseUnavailable, DatabaseUnsuitable];
  if (known.some(type => error instanceof type)) return (error as Error).message;
  const { code } = error as { code?: string };
  return code?.startsWith('ERR_PARSE_ARGS') ? `${(error as Error).message}\n\n${USAGE}` : undefined;
}

try {
  if (process.argv.includes('--help')) console.log(USAGE);
  else report(await verify(readHead()));
} catch (error) {
  const line = explain(error);
  if (line === undefined) throw error;
  console.error(`audit:verify: ${line}`);
  process.exitCode = 2;
}
