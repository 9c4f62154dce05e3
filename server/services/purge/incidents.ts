/** What an incident leaves behind, erased: first its trace, later what names its subject. The log stays whole. */
import { inArray } from 'drizzle-orm';
import type { PurgedClass } from '#contract/retention.ts';
import { dueIncidents, forgottenSubjects } from '../../../db/queries/retention.ts';
import {
  accountPrivate,
  alert,
  authority,
  belief,
  breakGlass,
  documentPrivate,
  incident,
  meeting,
  reviewAuthority,
  sighting,
  smsMessage,
  subjectPrivate,
  textPrivate,
  traceLook,
  wallPin,
} from '../../../db/schema/index.ts';
import { clockActor } from '../../auth/actor.ts';
import type { ServiceDeps } from '../../deps.ts';
import { perform, type Work } from '../unit-of-work.ts';
import { archive } from './archive.ts';

/** Each batch is a transaction of its own: a killed run has done whole incidents or nothing of them. */
const atOnce = 50;

/**
 * Purges every incident that was closed before `before`, except held ones. Each batch says in the audit what it erased, in
 * the same transaction, so that nothing disappears without a row, whatever happens to the run.
 */
export async function purgeIncidents(
  deps: ServiceDeps,
  kind: 'trace' | 'vault',
  before: Date,
  signal: AbortSignal,
): Promise<PurgedClass> {
  const done = {
    class: kind,
    dueBefore: before.toISOString(),
    rows: {} as Record<string, number>,
    incidents: 0,
  };
  for (let more = true; more && !signal.aborted; ) {
    const { reply } = await perform(deps, { actor: clockActor }, async work => {
      const due = await dueIncidents(work.tx, kind, before, atOnce);
      if (due.length === 0) return { incidents: 0, rows: {} };
      await archive(work, due);
      const ids = due.map(({ id }) => id);
      const subjects = [...new Set(due.map(({ subjectId }) => subjectId))];
      const rows = kind === 'trace' ? await eraseTrace(work, ids) : await eraseVault(work, ids, subjects);
      work.audit({ action: 'retention.erase', resource: kind, detail: { incidents: ids, ...rows } });
      return { incidents: ids.length, rows };
    });
    done.incidents += reply.incidents;
    for (const [table, count] of Object.entries(reply.rows))
      done.rows[table] = (done.rows[table] ?? 0) + count;
    more = reply.incidents === atOnce;
  }
  return done;
}

type Erased = Record<string, number>;

async function eraseTrace({ tx, at }: Work, ids: string[]): Promise<Erased> {
  const beliefs = await tx.delete(belief).where(inArray(belief.incidentId, ids));
  const looks = await tx.update(traceLook).set({ reason: '' }).where(inArray(traceLook.incidentId, ids));
  await tx.update(reviewAuthority).set({ reason: '' }).where(inArray(reviewAuthority.incidentId, ids));
  const texts = tx.select({ id: sighting.textId }).from(sighting).where(inArray(sighting.incidentId, ids));
  const words = await tx.delete(textPrivate).where(inArray(textPrivate.id, texts));
  const sightings = await tx.delete(sighting).where(inArray(sighting.incidentId, ids));
  await tx
    .update(incident)
    .set({ tracePurgedAt: at, foundAt: null, foundPlaceId: null })
    .where(inArray(incident.id, ids));
  await tx.update(meeting).set({ placeId: null }).where(inArray(meeting.incidentId, ids));
  return {
    sighting: sightings.rowCount ?? 0,
    text_private: words.rowCount ?? 0,
    belief: beliefs.rowCount ?? 0,
    trace_look: looks.rowCount ?? 0,
  };
}

async function eraseVault({ tx, at }: Work, ids: string[], subjectIds: string[]): Promise<Erased> {
  const accounts = await tx.delete(accountPrivate).where(inArray(accountPrivate.incidentId, ids));
  const documents = await tx.delete(documentPrivate).where(inArray(documentPrivate.incidentId, ids));
  // By its number at the gateway a message could be looked up there.
  const messages = await tx
    .update(smsMessage)
    .set({ gatewayId: null })
    .where(inArray(smsMessage.incidentId, ids));
  const words = await tx.delete(textPrivate).where(inArray(textPrivate.incidentId, ids));
  const authorities = await tx
    .update(authority)
    .set({ reason: '' })
    .where(inArray(authority.incidentId, ids));
  const glass = await tx
    .update(breakGlass)
    .set({ reason: '', note: null })
    .where(inArray(breakGlass.incidentId, ids));
  await tx.delete(wallPin).where(inArray(wallPin.incidentId, ids));
  // A keyed hash of everything that an alert said could still confirm a guess.
  const alerts = await tx
    .update(alert)
    .set({ externalId: null, contentHash: new Uint8Array() })
    .where(inArray(alert.incidentId, ids));
  await tx.update(incident).set({ vaultPurgedAt: at }).where(inArray(incident.id, ids));
  const forgotten = await forgottenSubjects(tx, subjectIds);
  const people =
    forgotten.length > 0
      ? await tx.delete(subjectPrivate).where(inArray(subjectPrivate.subjectId, forgotten))
      : undefined;
  return {
    subject_private: people?.rowCount ?? 0,
    text_private: words.rowCount ?? 0,
    account_private: accounts.rowCount ?? 0,
    document_private: documents.rowCount ?? 0,
    sms_message: messages.rowCount ?? 0,
    authority: authorities.rowCount ?? 0,
    alert: alerts.rowCount ?? 0,
    break_glass: glass.rowCount ?? 0,
  };
}
