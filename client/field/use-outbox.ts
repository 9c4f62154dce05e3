import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { sendAnswer } from '../api/field.ts';
import { randomKey } from '../api/http.ts';
import { serverNow } from '../clock/use-now.ts';
import { useLive } from '../store/live.ts';
import { type FieldAnswer, isSaidAlready, requestOf, type Unsent, withAnswer } from './answers.ts';
import { fieldStore, setField } from './field-store.ts';
import { Outbox, type OutboxState } from './outbox.ts';

export interface FieldOutbox extends OutboxState {
  /** Says something to a task; it is sent now or when the network is back. */
  say: (task: { id: string; place: string }, answer: FieldAnswer) => void;
  takeBack: (key: string) => boolean;
  acknowledge: (key: string) => void;
  /** Tries to send now. */
  wake: () => void;
}

/** The signed-in person's answers, sent whenever there is a way to the server. */
export function useOutbox(userId: string): FieldOutbox {
  const [outbox] = useState(() => openOutbox(userId));
  const state = useStore(outbox.store);
  const isLive = useLive(live => live.link.state === 'live');
  useEffect(() => {
    const wake = () => outbox.wake();
    const reread = () => outbox.reread();
    globalThis.addEventListener('online', wake);
    globalThis.addEventListener('storage', reread);
    return () => {
      globalThis.removeEventListener('online', wake);
      globalThis.removeEventListener('storage', reread);
      outbox.stop();
    };
  }, [outbox]);
  // The stream is back, so the server is.
  useEffect(() => {
    if (isLive) outbox.wake();
  }, [outbox, isLive]);
  return {
    ...state,
    say: ({ id: taskId, place }, answer) =>
      outbox.add({
        key: randomKey(),
        taskId,
        place,
        answer,
        saidAt: new Date(serverNow()).toISOString(),
      }),
    takeBack: key => outbox.takeBack(key),
    acknowledge: key => outbox.acknowledge(key),
    wake: () => outbox.wake(),
  };
}

const openOutbox = (userId: string) =>
  new Outbox(userId, {
    keep: localStorage,
    send: unsent => {
      const { path, body } = requestOf(unsent);
      return sendAnswer(path, body, unsent.key);
    },
    after: (ms, callback) => {
      const timer = setTimeout(callback, ms);
      return () => clearTimeout(timer);
    },
    random: () => Math.random(),
    isSaid: (unsent, { code, details }) => isSaidAlready(unsent, code, details),
    onSent: unsent => noteSent(userId, unsent),
  });

/** Until the server's next list comes, the page shows what it has confirmed; the crew knows of it already. */
function noteSent(userId: string, unsent: Unsent): void {
  const { tasks, known } = fieldStore.getState();
  const before = tasks?.find(({ id }) => id === unsent.taskId);
  if (!tasks || !before) return;
  const after = withAnswer(before, unsent);
  const { state, outcome } = after;
  setField(userId, {
    tasks: tasks.map(task => (task === before ? after : task)),
    known: known && { ...known, [after.id]: { state, outcome, place: unsent.place } },
  });
}
