import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { ApiFailure, randomKey } from '../api/http.ts';
import { changeMeeting, holdMeeting, keepDocument, planRevisit, recordStep } from '../api/meetings.ts';
import { useLive } from '../store/live.ts';
import { forgetFile, keepFile, keptFile } from './file-store.ts';
import { textFile } from './file-text.ts';
import { isRecord } from '../app/kept.ts';
import { keepOnPhone, keptOnPhone } from './keep.ts';
import { type Deed, type OwnMeeting, type WaitingDeed, withDeed } from './meeting-deeds.ts';
import { Outbox, type OutboxState } from './outbox.ts';

export interface FieldMeeting extends OutboxState<WaitingDeed> {
  /** The meeting with this incident's subject, as this phone has said it. */
  meeting: OwnMeeting | null;
  say: (deed: Deed) => void;
  acknowledge: (key: string) => void;
  wake: () => void;
}

/** Deeds of meetings on their way to the server, and what they make of the meeting meanwhile. */
export function useMeeting(userId: string, incidentId: string): FieldMeeting {
  const [outbox] = useState(() => openOutbox(userId));
  const state = useStore(outbox.store);
  const [meeting, setMeeting] = useState(() => keptMeeting(userId, incidentId));
  const isLive = useLive(live => live.link.state === 'live');
  useEffect(() => {
    const wake = () => outbox.wake();
    globalThis.addEventListener('online', wake);
    wake();
    return () => {
      globalThis.removeEventListener('online', wake);
      outbox.stop();
    };
  }, [outbox]);
  useEffect(() => {
    if (isLive) outbox.wake();
  }, [outbox, isLive]);
  return {
    ...state,
    meeting,
    say: deed => {
      const key = randomKey();
      const waiting = { key, incidentId, meeting: deed.say === 'hold' ? key : (meeting?.key ?? ''), deed };
      const after = withDeed(meeting, waiting);
      setMeeting(after);
      keepOnPhone(meetingName(userId), after);
      void keepApart(waiting).then(kept => outbox.add(kept));
    },
    acknowledge: key => {
      outbox.acknowledge(key);
      void forgetFile(key);
    },
    wake: () => outbox.wake(),
  };
}

/** A file waits among the phone's files, for a few photographs fill its small texts; where it has none, with its deed. */
async function keepApart(waiting: WaitingDeed): Promise<WaitingDeed> {
  const { key, deed } = waiting;
  if (deed.say !== 'document' || deed.data === null || !(await keepFile(key, deed.data))) return waiting;
  return { ...waiting, deed: { ...deed, data: null } };
}

const meetingName = (userId: string) => `meeting.${userId}`;
const idsName = (userId: string) => `meetingIds.${userId}`;

/** The phone remembers one meeting: the crew stands before one person at a time. */
function keptMeeting(userId: string, incidentId: string): OwnMeeting | null {
  const kept = keptOnPhone(meetingName(userId)) as OwnMeeting | null;
  return kept?.incidentId === incidentId ? kept : null;
}

/** So many meetings' ids are remembered: deeds of older ones have been sent or refused long ago. */
const mostIds = 20;

/** The server's ids of meetings by the keys of the deeds that began them. */
function meetingIds(userId: string): Record<string, string> {
  const kept = keptOnPhone(idsName(userId));
  return isRecord(kept) ? (kept as Record<string, string>) : {};
}

const openOutbox = (userId: string) =>
  new Outbox<WaitingDeed, { meetingId?: string } | undefined>(userId, {
    keep: localStorage,
    shelf: 'deeds',
    send: waiting => send(waiting, meetingIds(userId)[waiting.meeting]),
    after: (ms, callback) => {
      const timer = setTimeout(callback, ms);
      return () => clearTimeout(timer);
    },
    random: () => Math.random(),
    isSaid: ({ deed }, { details }) =>
      deed.say === 'revisit' && isRecord(details) && details['why'] === 'plannedAlready',
    onSent: ({ key, deed }, reply) => {
      if (deed.say === 'document') void forgetFile(key);
      if (deed.say !== 'hold' || reply?.meetingId === undefined) return;
      const known = Object.entries(meetingIds(userId)).slice(1 - mostIds);
      keepOnPhone(idsName(userId), { ...Object.fromEntries(known), [key]: reply.meetingId });
    },
  });

async function send(
  { key, incidentId, deed }: WaitingDeed,
  meetingId: string | undefined,
): Promise<{ meetingId?: string } | undefined> {
  if (deed.say === 'hold') return holdMeeting(incidentId, deed.body, key);
  // What began the meeting was refused, so there is none.
  if (meetingId === undefined) throw new ApiFailure('notFound', 'the meeting was not recorded');
  switch (deed.say) {
    case 'step':
      await recordStep(meetingId, deed.step, deed.body, key);
      break;
    case 'change':
      await changeMeeting(meetingId, deed.body, key);
      break;
    case 'revisit':
      await planRevisit(meetingId, deed.dueAt, key);
      break;
    case 'document': {
      const data = deed.data ?? (await keptFile(key));
      if (data === undefined) throw new ApiFailure('notFound', 'the phone has lost the file');
      await keepDocument(meetingId, deed.kind, textFile(data), key);
      break;
    }
  }
  return undefined;
}
