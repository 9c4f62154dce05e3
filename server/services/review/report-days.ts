import { type AuditDay, weekOf } from '#contract/audit.ts';
import { dayMs, dayOf, dayStartMs } from '#domain/shanghai.ts';
import { auditDayCounts, auditDays, firstAuditAt } from '../../../db/queries/audit-view.ts';
import { openFindings } from '../../../db/queries/findings.ts';
import { auditDay } from '../../../db/schema/index.ts';
import { anchorFile, appendAnchors } from '../../audit/anchors.ts';
import { serverSigner, type Signer } from '../../audit/signing.ts';
import { clockActor } from '../../auth/actor.ts';
import type { ServiceDeps } from '../../deps.ts';
import { perform } from '../unit-of-work.ts';
import { findUnusual } from './find.ts';

/** Days that the file may lack after a restart: those before are there, or it was taken away. */
const daysAtMost = 400;

/**
 * Reports every day in Shanghai that is over and was not reported: what happened, and where the audit's chain stood at its
 * end, signed, in the table and in the file. Looks that are unusual are searched for before. @returns the days.
 */
export async function reportDays(
  deps: ServiceDeps & { dataDir: string },
  signal: AbortSignal,
): Promise<string[]> {
  const { clock, database, dataDir } = deps;
  const signer = await serverSigner(deps);
  const [last] = await database.read(tx => auditDays(tx, 1));
  const first = last ? dayStartMs(last.day) + dayMs : await firstDayMs(deps);
  const todayMs = dayStartMs(dayOf(clock.now()));
  const reported: string[] = [];
  for (let atMs = first; atMs < todayMs && !signal.aborted; atMs += dayMs) {
    if (atMs + dayMs === todayMs) await findUnusual(deps, weekOf(atMs));
    await reportDay(deps, signer, dayOf(atMs));
    reported.push(dayOf(atMs));
  }
  if (dataDir !== '')
    await appendAnchors(anchorFile(dataDir), await database.read(tx => auditDays(tx, daysAtMost)));
  return reported;
}

async function firstDayMs({ database }: ServiceDeps): Promise<number> {
  const first = await database.read(firstAuditAt);
  return first ? dayStartMs(dayOf(Date.parse(first.at))) : Number.POSITIVE_INFINITY;
}

async function reportDay(deps: ServiceDeps, signer: Signer, day: string): Promise<void> {
  await perform(deps, { actor: clockActor }, async work => {
    const from = dayStartMs(day);
    const counted = await auditDayCounts(work.tx, new Date(from), new Date(from + dayMs));
    if (!counted) return;
    const { seq, hash, rows, looks, refusals, exports } = counted;
    const body: AuditDay = {
      version: 1,
      day,
      at: work.now,
      seq,
      hash: hash.toString('hex'),
      rows,
      looks,
      refusals,
      exports,
      openFindings: await openFindings(work.tx),
    };
    const text = JSON.stringify(body);
    const signature = signer.sign(text);
    await work.tx
      .insert(auditDay)
      .values({ day, at: work.at, seq, hash, body: text, signature, publicKey: signer.publicKey })
      .onConflictDoNothing();
  });
}
