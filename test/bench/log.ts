/**
 * What it costs that the log is numbered in commit order and the audit chained: transactions of one fact and one audit
 * row, from eight writers, beside transactions that insert two plain rows. Embedded, or DATABASE_URL.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { connectDatabase } from '../../db/connect.ts';
import type { Tx } from '../../db/transaction.ts';
import { option, printReport, seedOption, spread } from './report.ts';

const writers = 8;
const transactions = Number(option('transactions') ?? 2000);
const databaseUrl = process.env['DATABASE_URL'];

const dataDir = await mkdtemp(join(tmpdir(), 'jianmian-bench-'));
const database = await connectDatabase({ databaseUrl, dataDir });
try {
  const logged = async (tx: Tx) => {
    await tx.execute(sql`insert into domain_event (kind, actor, observed_at, received_at, payload)
      values ('benchmark', 'bench', now(), now(), '{}')`);
    await tx.execute(sql`insert into audit_entry (at, actor, action, resource, detail)
      values (now(), 'bench', 'benchmark', 'none', '{}')`);
  };
  const plain = async (tx: Tx) => {
    await tx.execute(sql`insert into login_failure (username, at) values ('bench', now())`);
    await tx.execute(sql`insert into login_failure (username, at) values ('bench', now())`);
  };
  await run(plain, transactions / 10);
  await run(logged, transactions / 10);
  const withLog = await run(logged, transactions);
  const without = await run(plain, transactions);
  printReport(
    {
      bench: 'log',
      seed: seedOption(),
      figures: { factsPerS: withLog.perS, factMs: withLog.ms },
      bounds: { plainTransactionsPerS: without.perS, plainMs: without.ms },
      peers: {},
    },
    [
      `${database.kind === 'embedded' ? 'embedded database' : 'PostgreSQL'}, ${writers} writers, ${transactions} transactions`,
      `Node ${process.version}, ${availableParallelism()} cores`,
    ],
  );
} finally {
  await database.close();
  await rm(dataDir, { recursive: true, force: true });
}

async function run(work: (tx: Tx) => Promise<void>, count: number) {
  const times: number[] = [];
  const started = performance.now();
  let left = Math.ceil(count);
  const writer = async () => {
    while (left-- > 0) {
      const begun = performance.now();
      await database.transaction({ actor: 'bench' }, work);
      times.push(performance.now() - begun);
    }
  };
  await Promise.all(Array.from({ length: writers }, writer));
  return { perS: Math.round((times.length / (performance.now() - started)) * 1000), ms: spread(times) };
}
