import { eq } from 'drizzle-orm';
import type { BookmarkView } from '#contract/bookmark.ts';
import { CodedError } from '#contract/errors.ts';
import { bookmarkOf, bookmarksOf } from '../../../db/queries/bookmark.ts';
import { bookmark, textPrivate } from '../../../db/schema/index.ts';
import type { Actor } from '../../auth/actor.ts';
import { contextOf } from '../../auth/reach.ts';
import type { ServiceDeps } from '../../deps.ts';
import { notFound, requireUser } from '../guard.ts';
import { loadIncident } from '../incident/load.ts';
import { keepText } from '../keep-text.ts';
import { type Call, type Done, perform } from '../unit-of-work.ts';

/** Marks a moment of a case. It is no part of what happened, so the log does not know of it. */
export const markMoment = (
  deps: ServiceDeps,
  call: Call,
  incidentId: string,
  { at, text }: { at: string; text: string },
): Promise<Done<{ bookmarkId: string }>> =>
  perform(deps, call, async work => {
    await loadIncident(work.tx, work.actor, 'replay.open', incidentId, 'share');
    const { userId: madeBy } = requireUser(work.actor, 'only a person can mark a moment');
    const id = work.id('bmk');
    const bodyId = await keepText(work, incidentId, text);
    await work.tx
      .insert(bookmark)
      .values({ id, incidentId, at: new Date(at), bodyId, madeBy, madeAt: work.at });
    work.audit({ action: 'replay.bookmark', resource: id, incidentId });
    return { bookmarkId: id };
  });

/** Takes one's own mark away, with its words. Throws notFound, forbidden for somebody else's. */
export const removeBookmark = (
  deps: ServiceDeps,
  call: Call,
  id: string,
): Promise<Done<{ bookmarkId: string }>> =>
  perform(deps, call, async work => {
    const found = await bookmarkOf(work.tx, id);
    if (!found) throw notFound('bookmark');
    await loadIncident(work.tx, work.actor, 'replay.open', found.incidentId, 'share');
    const { userId } = requireUser(work.actor, 'only a person can take a mark away');
    if (found.madeBy !== userId) throw new CodedError('forbidden', 'only who made a mark can take it away');
    await work.tx.delete(bookmark).where(eq(bookmark.id, id));
    if (found.bodyId !== null) await work.tx.delete(textPrivate).where(eq(textPrivate.id, found.bodyId));
    work.audit({ action: 'replay.bookmarkRemove', resource: id, incidentId: found.incidentId });
    return { bookmarkId: id };
  });

/** The marks of a case, in order of time. Throws notFound, forbidden. */
export const listBookmarks = (deps: ServiceDeps, actor: Actor, incidentId: string): Promise<BookmarkView[]> =>
  deps.database.read(async tx => {
    await loadIncident(tx, actor, 'replay.open', incidentId);
    return bookmarksOf(tx, incidentId);
  }, contextOf(actor));
