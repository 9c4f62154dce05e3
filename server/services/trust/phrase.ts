import { eq } from 'drizzle-orm';
import type { PhraseView } from '#contract/meeting.ts';
import { phraseOf } from '../../../db/queries/loop/phrase.ts';
import { trustPhrase } from '../../../db/schema/index.ts';
import { elevate } from '../../../db/transaction.ts';
import type { Actor } from '../../auth/actor.ts';
import type { ServiceDeps } from '../../deps.ts';
import { notFound } from '../guard.ts';
import { requireOpen } from '../incident/load.ts';
import { keepText } from '../keep-text.ts';
import { meetingIncident } from '../meeting/load.ts';
import { type Call, type Done, perform } from '../unit-of-work.ts';
import { makePhrase } from './words.ts';

/**
 * The phrase that the centre tells the family by the line that is open anyway, and the officer says at the door: made once for
 * an incident. The reply names no word of it, for replies are kept. Throws notFound, forbidden, alreadyClosed.
 */
export function ensurePhrase(
  deps: ServiceDeps,
  call: Call,
  incidentId: string,
): Promise<Done<{ phraseId: string }>> {
  return perform(
    deps,
    call,
    async work => {
      const { incident } = await meetingIncident(work.tx, work.actor, 'contact.record', incidentId, 'share');
      await elevate(work.tx);
      const known = await phraseOf(work.tx, incidentId);
      if (known) return { phraseId: known.id };
      requireOpen(incident);
      const phraseId = work.id('phr');
      await work.tx.insert(trustPhrase).values({
        id: phraseId,
        incidentId,
        phraseId: await keepText(work, incidentId, makePhrase(deps.randomBytes)),
        madeBy: work.actorId,
        madeAt: work.at,
      });
      work.audit({ action: 'phrase.make', resource: phraseId, incidentId });
      return { phraseId };
    },
    { retryUnique: true },
  );
}

/** The phrase, for who speaks with the family or stands at the door; read after its audit row. Throws notFound, forbidden. */
export async function readPhrase(deps: ServiceDeps, actor: Actor, incidentId: string): Promise<PhraseView> {
  const { reply } = await perform(deps, { actor }, async work => {
    await meetingIncident(work.tx, actor, 'contact.record', incidentId);
    await elevate(work.tx);
    const known = await phraseOf(work.tx, incidentId);
    if (!known?.phrase) throw notFound('phrase');
    work.audit({ action: 'phrase.read', resource: known.id, incidentId });
    const { phrase, madeAt, toldAt } = known;
    return { phrase, madeAt, toldAt };
  });
  return reply;
}

/** The family knows it now; the first telling counts. Throws notFound, forbidden. */
export function tellPhrase(
  deps: ServiceDeps,
  call: Call,
  incidentId: string,
): Promise<Done<{ phraseId: string }>> {
  return perform(deps, call, async work => {
    await meetingIncident(work.tx, work.actor, 'contact.record', incidentId, 'share');
    await elevate(work.tx);
    const known = await phraseOf(work.tx, incidentId);
    if (!known) throw notFound('phrase');
    if (known.toldAt === null)
      await work.tx.update(trustPhrase).set({ toldAt: work.at }).where(eq(trustPhrase.id, known.id));
    work.audit({ action: 'phrase.make', resource: known.id, incidentId, detail: { told: true } });
    return { phraseId: known.id };
  });
}
