/** `npm run audit:verify [-- --head HASH]`: does the audit still say what was written? */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { connectDatabase, type Database } from '../../db/connect.ts';
import { FolderInUse } from '../../db/embedded/folder-lock.ts';
import { DatabaseUnavailable, DatabaseUnsuitable } from '../../db/errors.ts';
import { auditDays } from '../../db/queries/audit-view.ts';
import { secretNamed } from '../../db/queries/secret.ts';
import { type Anchor, anchorFile, anchorOf, BadAnchor, readAnchorFile, signedDay } from '../audit/anchors.ts';
import { signerOf } from '../audit/signing.ts';
import { type AuditVerdict, verifyAudit } from '../audit/verify.ts';
import { ConfigError, readConfig } from '../config.ts';

const USAGE = `Recomputes the hash chain of the audit, from its first row to its head, and compares it with what was signed at the end of
each day, in the database and in DATA_DIR/audit-days.jsonl.

  npm run audit:verify [-- --head HASH] [--anchors FILE]
      --head: a head that was noted earlier; shows whether rows after it, or it, were cut off since
      --anchors: a copy of audit-days.jsonl that was kept elsewhere, instead of the one in DATA_DIR

The database is DATABASE_URL's, or the embedded one in DATA_DIR (./data), whose server must not be running.
Exit codes: 0 the audit is whole, 1 it is not, 2 it could not be looked at.`;

const mostDays = 10_000;

const FAULTS: Record<Extract<AuditVerdict, { ok: false }>['reason'], string> = {
  missing: 'rows were deleted before it, or it was put in',
  link: 'it does not follow on the row before it',
  changed: 'its content is not what was written',
  tail: 'the rows from there on were deleted, or the noted head is not in the chain',
  rewritten: 'the chain from there on is not the one that was anchored',
};

/** The check could not be made; nothing is said about the audit. */
class NotLooked extends Error {}

interface Wanted {
  head: string | undefined;
  anchorFile: string | undefined;
}

function readWanted(): Wanted {
  const { values } = parseArgs({ options: { head: { type: 'string' }, anchors: { type: 'string' } } });
  if (values.head !== undefined && !/^[0-9a-f]{64}$/i.test(values.head))
    throw new NotLooked(`--head ${values.head}: expected 64 hexadecimal digits`);
  if (values.anchors !== undefined && !existsSync(values.anchors))
    throw new NotLooked(`--anchors ${values.anchors}: there is no such file`);
  return { head: values.head?.toLowerCase(), anchorFile: values.anchors };
}

interface Verified {
  verdict: AuditVerdict;
  anchors: readonly Anchor[];
}

async function verify(wanted: Wanted): Promise<Verified> {
  const { databaseUrl, dataDir } = readConfig();
  if (databaseUrl === undefined && !existsSync(join(dataDir, 'database')))
    throw new NotLooked(`the data folder ${dataDir} holds no database; set DATA_DIR or DATABASE_URL`);
  const database = await connectDatabase({ databaseUrl, dataDir, migrations: 'leave' });
  try {
    const anchors = await anchorsOf(database, wanted.anchorFile ?? anchorFile(dataDir));
    return { verdict: await verifyAudit(database, wanted.head, anchors), anchors };
  } finally {
    await database.close();
  }
}

/** What was anchored, in the table and in the file; each with the signature of this installation. */
async function anchorsOf(database: Database, file: string): Promise<Anchor[]> {
  const { rows, seed } = await database.read(async tx => ({
    rows: await auditDays(tx, mostDays),
    seed: await secretNamed(tx, 'signingKey'),
  }));
  const lines = await readAnchorFile(file);
  if (!seed) {
    if (rows.length + lines.length > 0)
      throw new BadAnchor('days are anchored, but the key that signed them is gone');
    return [];
  }
  const { publicKey } = signerOf(seed);
  return [
    ...rows.map(row => anchorOf(signedDay(row), publicKey, `the anchor of ${row.day} in the database`)),
    ...lines.map((line, index) => anchorOf(line, publicKey, `${file} line ${index + 1}`)),
  ];
}

function report({ verdict, anchors }: Verified): void {
  if (verdict.ok) {
    const days = new Set(anchors.map(({ day }) => day)).size;
    const anchored = days > 0 ? `, anchored on ${days} days` : '';
    console.log(`ok: ${verdict.rows} rows, head ${verdict.headHash}${anchored}`);
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
  else report(await verify(readWanted()));
} catch (error) {
  if (error instanceof BadAnchor) {
    console.error(`BAD: ${error.message}`);
    process.exit(1);
  }
  const line = explain(error);
  if (line === undefined) throw error;
  console.error(`audit:verify: ${line}`);
  process.exitCode = 2;
}
