/**
 * How many rows a second the audit takes, and what its chain costs: the same transactions from the same writers into the
 * chained table and into a plain one of the same shape. `--batch`: rows a transaction, as when many looks are committed
 * together. Chained and plain take turns in ten parts, so that what else the machine does falls on both. Then the chain is
 * verified, which also says how fast that is. Embedded, or DATABASE_URL.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { connectDatabase } from '../../db/connect.ts';
import { verifyAudit } from '../../server/audit/verify.ts';
import { option, printReport, seedOption, spread } from './report.ts';

const writers = Number(option('writers') ?? 8);
const batch = Number(option('batch') ?? 20);
const rows = Number(option('rows') ?? 20_000);
const parts = 10;
const databaseUrl = process.env['DATABASE_URL'];

interface Run {
  written: number;
  perS: number;
  times: number[];
}

const dataDir = await mkdtemp(join(tmpdir(), 'jianmian-bench-'));
const database = await connectDatabase({ databaseUrl, dataDir });
try {
  await database.maintain(async tx => {
    await tx.execute(sql`drop table if exists bench_plain`);
    await tx.execute(sql`create table bench_plain (like audit_entry including defaults including indexes)`);
    await tx.execute(sql`alter table bench_plain alter column seq add generated always as identity`);
    await tx.execute(sql`grant select, insert on bench_plain to jianmian_app`);
  });
  const chained = sql`insert into audit_entry (at, actor, action, resource, incident_id, reason, detail)`;
  const plain = sql`insert into bench_plain (at, actor, action, resource, incident_id, reason, detail, previous_hash, hash)`;
  const value = sql`now(), 'user:usr_bench', 'trace.read', 'inc_bench', 'inc_bench', '当事人失联，查找位置',
    '{"what": "posterior", "authorityId": "aut_bench"}'::jsonb`;
  const hashes = sql`, sha256('a'), sha256('b')`;
  const before = await verifyAudit(database);
  await run(chained, value, rows / 10);
  await run(plain, sql`${value}${hashes}`, rows / 10);
  const single = await run(chained, value, rows / 10, 1);
  const chainedParts: Run[] = [];
  const plainParts: Run[] = [];
  for (let part = 0; part < parts; part++) {
    chainedParts.push(await run(chained, value, rows / parts));
    plainParts.push(await run(plain, sql`${value}${hashes}`, rows / parts));
  }
  const withChain = together(chainedParts);
  const without = together(plainParts);
  const begun = performance.now();
  const verdict = await verifyAudit(database);
  const verifyS = (performance.now() - begun) / 1000;
  if (!verdict.ok || !before.ok) throw new Error(`the chain does not hold: ${JSON.stringify(verdict)}`);
  printReport(
    {
      bench: 'audit',
      seed: seedOption(),
      figures: {
        rowsPerS: withChain.perS,
        rowsPerSOfParts: `${withChain.least} to ${withChain.most}`,
        commitMs: withChain.ms,
        singleRowsPerS: single.perS,
        singleCommitMs: spread(single.times),
        verifiedRowsPerS: Math.round(verdict.rows / verifyS),
      },
      bounds: { plainRowsPerS: without.perS, plainCommitMs: without.ms },
      peers: {},
    },
    [
      `${database.kind === 'embedded' ? 'embedded database' : 'PostgreSQL'}, ${writers} writers, ${rows} rows, ${batch} a transaction`,
      `Node ${process.version}, ${availableParallelism()} cores`,
    ],
  );
  await database.maintain(tx => tx.execute(sql`drop table bench_plain`));
} finally {
  await database.close();
  await rm(dataDir, { recursive: true, force: true });
}

/** All parts as one. */
function together(runs: readonly Run[]) {
  const written = runs.reduce((sum, part) => sum + part.written, 0);
  const seconds = runs.reduce((sum, part) => sum + part.written / part.perS, 0);
  const rates = runs.map(part => part.perS);
  return {
    perS: Math.round(written / seconds),
    least: Math.min(...rates),
    most: Math.max(...rates),
    ms: spread(runs.flatMap(part => part.times)),
  };
}

/** `count` rows from all writers, so many a transaction. */
async function run(
  insert: ReturnType<typeof sql>,
  value: ReturnType<typeof sql>,
  count: number,
  each = batch,
): Promise<Run> {
  const times: number[] = [];
  const started = performance.now();
  let left = Math.ceil(count / each);
  const written = left * each;
  const writer = async () => {
    while (left-- > 0) {
      const begun = performance.now();
      await database.transaction({ actor: 'bench' }, tx =>
        tx.execute(sql`${insert} select ${value} from generate_series(1, ${each})`),
      );
      times.push(performance.now() - begun);
    }
  };
  await Promise.all(Array.from({ length: writers }, writer));
  return { written, perS: Math.round((written / (performance.now() - started)) * 1000), times };
}
