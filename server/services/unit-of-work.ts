/**
 * One change of the world: state, log rows and audit rows in one transaction. Every verb of the write side runs here,
 * so none can forget its trace.
 */
import { setTimeout } from 'node:timers/promises';
import { and, eq } from 'drizzle-orm';
import { CodedError } from '#contract/errors.ts';
import { type NewDomainEvent, payloadSchemas } from '#domain/event/event.ts';
import { createId, type IdPrefix } from '#domain/ids.ts';
import { isConnectionLoss, sqlError } from '../../db/errors.ts';
import { auditEntry, domainEvent, idempotencyKey } from '../../db/schema/index.ts';
import { subjectNames } from '../../db/queries/subject-names.ts';
import { elevate, type Tx } from '../../db/transaction.ts';
import type { AuditDraft } from '../audit/actions.ts';
import { type Actor, actorId } from '../auth/actor.ts';
import { withoutSubject } from '../auth/masking.ts';
import { contextOf } from '../auth/reach.ts';
import type { ServiceDeps } from '../deps.ts';
import { followClocks } from './clock/follow.ts';

/** Who asks, and whether the same question may have been asked before. */
export interface Call {
  actor: Actor;
  /** `Idempotency-Key` with a hash of the whole request and the status that the route answers with. */
  idempotency?: { key: string; requestHash: Uint8Array; status: number };
}

/** What a verb works with inside its transaction. */
export interface Work {
  tx: Tx;
  actor: Actor;
  /** The actor as log and audit name it. */
  actorId: string;
  /** One instant for the whole change; `now` is the same as ISO 8601 UTC. */
  at: Date;
  now: string;
  id(prefix: IdPrefix): string;
  /** Adds a row to the log, written when the verb is done. */
  append(fact: NewDomainEvent): void;
  /** Adds a row to the audit, written after the log. */
  audit(draft: AuditDraft): void;
}

/** A verb's reply, and the seq of its last log row (0: it wrote none). */
export interface Done<Reply> {
  reply: Reply;
  seq: number;
}

export interface PerformOptions<Reply> {
  /** Run again when a unique index says that somebody was faster: for verbs that then find what the other made. */
  retryUnique?: boolean;
  /** What a repeated request is answered with, when the reply holds a secret that must not be kept. */
  remember?(reply: Reply): Reply;
}

/** Many people may change one thing at one moment; each attempt waits longer, and not as long as the others. */
const attempts = 10;
const longestWaitMs = 400;

const backOff = (attempt: number, chance: number): Promise<void> =>
  setTimeout(chance * Math.min(longestWaitMs, 5 * 2 ** attempt));

/**
 * Runs `verb` in one transaction: then its log rows, then its audit rows (always in this order: both heads are locks),
 * commits, and wakes the tail of the log. Deadlocks and serialization failures are tried again.
 * Throws CodedError: what the verb refuses; `conflict` when a unique index refuses; `auditUnavailable`;
 * `idempotencyMismatch`. Throws DatabaseUnavailable.
 */
export async function perform<Reply>(
  deps: ServiceDeps,
  call: Call,
  verb: (work: Work) => Promise<Reply>,
  options: PerformOptions<Reply> = {},
): Promise<Done<Reply>> {
  for (let attempt = 1; ; attempt++) {
    try {
      const { done, fresh } = await runOnce(deps, call, verb, options);
      if (fresh && done.seq > 0) deps.bus.publish({ topic: 'committed', seq: done.seq });
      return done;
    } catch (error) {
      const code = sqlError(error)?.code;
      const transient = code === '40001' || code === '40P01' || (code === '23505' && options.retryUnique);
      if (transient && attempt < attempts) {
        await backOff(attempt, deps.randomBytes(1)[0]! / 255);
        continue;
      }
      if (code === '23505' || transient) {
        throw new CodedError('conflict', 'somebody else made the same change at this moment; look again');
      }
      throw error;
    }
  }
}

function runOnce<Reply>(
  deps: ServiceDeps,
  call: Call,
  verb: (work: Work) => Promise<Reply>,
  options: PerformOptions<Reply>,
): Promise<{ done: Done<Reply>; fresh: boolean }> {
  const actor = actorId(call.actor);
  return deps.database.transaction(contextOf(call.actor), async tx => {
    const at = new Date(deps.clock.now());
    const earlier = await claimKey<Reply>(tx, actor, at, call.idempotency);
    if (earlier) return { done: earlier, fresh: false };
    const facts: NewDomainEvent[] = [];
    const audits: AuditDraft[] = [];
    const id = (prefix: IdPrefix) => createId(prefix, at.getTime(), deps.randomBytes(10));
    const append = (fact: NewDomainEvent) => void facts.push(fact);
    const reply = await verb({
      tx,
      actor: call.actor,
      actorId: actor,
      at,
      now: at.toISOString(),
      id,
      append,
      audit: draft => audits.push(draft),
    });
    // What follows from the facts follows in the same transaction.
    await followClocks({ tx, id, append, now: at.toISOString() }, [...facts]);
    const seq = await writeFacts(tx, actor, at, facts);
    await writeAudits(tx, actor, at, audits);
    await keepReply(tx, actor, call.idempotency, { reply: options.remember?.(reply) ?? reply, seq });
    return { done: { reply, seq }, fresh: true };
  });
}

/** Writes the log rows; the database gives each its seq. Returns the last one, 0 for none. */
async function writeFacts(tx: Tx, actor: string, receivedAt: Date, facts: NewDomainEvent[]): Promise<number> {
  if (facts.length === 0) return 0;
  const values = facts.map(({ kind, incidentId, observedAt, payload }) => ({
    seq: 0,
    kind,
    incidentId: incidentId ?? null,
    actor,
    observedAt: new Date(observedAt),
    receivedAt,
    payload: payloadSchemas[kind].parse(payload),
  }));
  const written = await tx.insert(domainEvent).values(values).returning({ seq: domainEvent.seq });
  return Math.max(...written.map(row => row.seq));
}

const noHash = new Uint8Array();

/** The audit rows of a change; the database chains them. Whatever keeps them from being written stops the change. */
async function writeAudits(tx: Tx, actor: string, at: Date, drafts: AuditDraft[]): Promise<void> {
  if (drafts.length === 0) return;
  const fit = await reasonsWithoutSubjects(tx, drafts);
  const values = drafts.map(({ action, resource, incidentId, reason, detail }) => ({
    seq: 0,
    at,
    actor,
    action,
    resource,
    incidentId: incidentId ?? null,
    reason: reason === undefined ? null : fit(reason),
    detail: detail ?? {},
    previousHash: noHash,
    hash: noHash,
  }));
  try {
    await tx.insert(auditEntry).values(values);
  } catch (error) {
    const code = sqlError(error)?.code;
    if (isConnectionLoss(error) || code === '40001' || code === '40P01') throw error;
    // A reason that no database can keep (class 22, as with a NUL) is the asker's fault, and answered so.
    if (code?.startsWith('22')) throw error;
    const refusal = new CodedError('auditUnavailable', 'the audit cannot be written, so nothing was done');
    throw Object.assign(refusal, { cause: error });
  }
}

/**
 * Reasons are kept for ever, so whatever they say of the subject of an incident is left out of them. Her names may be beyond
 * the actor's reach; the reach is not put back, for the verb is over and what is still written is nobody's case.
 */
async function reasonsWithoutSubjects(tx: Tx, drafts: AuditDraft[]): Promise<(reason: string) => string> {
  const incidentIds = drafts.flatMap(({ reason, incidentId }) => (reason && incidentId ? [incidentId] : []));
  if (incidentIds.length === 0) return reason => withoutSubject(reason, []);
  await elevate(tx);
  const named = await subjectNames(tx, incidentIds);
  return reason => withoutSubject(reason, named);
}

/**
 * Takes the key for this request, or finds what the same request was answered before. A request with the same key
 * that is still under way is waited for: its row is locked until it commits.
 */
async function claimKey<Reply>(
  tx: Tx,
  actor: string,
  createdAt: Date,
  idempotency: Call['idempotency'],
): Promise<Done<Reply> | undefined> {
  if (!idempotency) return undefined;
  const { key, requestHash, status } = idempotency;
  const claimed = await tx
    .insert(idempotencyKey)
    .values({ actor, key, requestHash, status, response: {}, createdAt })
    .onConflictDoNothing()
    .returning({ key: idempotencyKey.key });
  if (claimed.length > 0) return undefined;
  const [earlier] = await tx
    .select({ hash: idempotencyKey.requestHash, response: idempotencyKey.response })
    .from(idempotencyKey)
    .where(and(eq(idempotencyKey.actor, actor), eq(idempotencyKey.key, key)));
  if (!earlier || Buffer.compare(earlier.hash, requestHash) !== 0) {
    throw new CodedError('idempotencyMismatch', 'this Idempotency-Key was used for a different request');
  }
  return earlier.response as Done<Reply>;
}

async function keepReply<Reply>(
  tx: Tx,
  actor: string,
  idempotency: Call['idempotency'],
  done: Done<Reply>,
): Promise<void> {
  if (!idempotency) return;
  await tx
    .update(idempotencyKey)
    .set({ response: done })
    .where(and(eq(idempotencyKey.actor, actor), eq(idempotencyKey.key, idempotency.key)));
}
