/** What a crew says to its tasks, as values that can wait for the network. Pure. */
import type { SearchMethod } from '#contract/sighting.ts';
import type { AnswerBody, ResultBody, TaskView } from '#contract/task.ts';
import { moveTask, type TaskMove, type TaskOutcome, type TaskProgress } from '#domain/task.ts';

export type FieldAnswer =
  | { say: 'accept' | 'arrive' | 'help' }
  | { say: 'refuse'; reason: string }
  | { say: 'result'; outcome: TaskOutcome; method: SearchMethod; note?: string }
  | { say: 'undo'; reason: string };

/** An answer that the server has not confirmed. */
export interface Unsent {
  /** Its `Idempotency-Key`: however often it is sent, it counts once. */
  key: string;
  taskId: string;
  /** Where the task leads, to speak of it. */
  place: string;
  answer: FieldAnswer;
  /** When it was said, by the server's clock: ISO 8601. */
  saidAt: string;
}

/** The request that an answer is; the time is that of the saying, not of the sending. */
export function requestOf({ taskId, answer, saidAt }: Unsent): { path: string; body: unknown } {
  const path = `/api/tasks/${encodeURIComponent(taskId)}/${answer.say}`;
  switch (answer.say) {
    case 'result': {
      const { outcome, method, note } = answer;
      const body: ResultBody = { outcome, method, observedAt: saidAt, ...(note && { note }) };
      return { path, body };
    }
    case 'undo':
      return { path, body: { reason: answer.reason } };
    default: {
      const reason = answer.say === 'refuse' ? { reason: answer.reason } : {};
      const body: AnswerBody = { observedAt: saidAt, ...reason };
      return { path, body };
    }
  }
}

const moves = { accept: 'accepted', arrive: 'arrived', refuse: 'refused', help: 'help' } as const;

function moveOf({ answer, saidAt }: Unsent): TaskMove {
  if (answer.say === 'result') return { kind: 'result', outcome: answer.outcome };
  if (answer.say === 'undo') return { kind: 'undo' };
  return { kind: moves[answer.say], at: saidAt };
}

/** The task as it will be when the server has heard what was said; an answer that it will refuse changes nothing. */
export function withAnswer(task: TaskView, unsent: Unsent): TaskView {
  const { state, outcome, helpAt } = task;
  // What undoing leads back to is the server's to know; a crew that had arrived is the usual case.
  const resumes = task.arrivedAt ? 'arrived' : task.acceptedAt ? 'accepted' : 'ordered';
  const progress: TaskProgress = { state, outcome, helpAt, resumes };
  const moved = moveTask(progress, moveOf(unsent));
  if (!moved) return task;
  const { answer, saidAt } = unsent;
  return {
    ...task,
    state: moved.state,
    outcome: moved.outcome,
    helpAt: moved.helpAt,
    ...(answer.say === 'accept' && { acceptedAt: saidAt }),
    ...(answer.say === 'arrive' && { arrivedAt: saidAt }),
    ...(answer.say === 'refuse' && { endedAt: saidAt, reason: answer.reason }),
    ...(answer.say === 'result' && {
      endedAt: saidAt,
      resultMethod: answer.method,
      note: answer.note ?? null,
    }),
    ...(answer.say === 'undo' && { endedAt: null, resultMethod: null, reason: answer.reason }),
  };
}

/** All tasks after all answers that wait, in the order of saying. */
export const withAnswers = (tasks: readonly TaskView[], unsent: readonly Unsent[]): TaskView[] =>
  tasks.map(task => unsent.filter(({ taskId }) => taskId === task.id).reduce(withAnswer, task));

const reached: Partial<Record<FieldAnswer['say'], readonly string[]>> = {
  accept: ['accepted', 'arrived', 'done'],
  arrive: ['arrived', 'done'],
};

/** A refusal that takes nothing from what was said: the desk had recorded the same, or more, by radio. */
export function isSaidAlready({ answer }: Unsent, code: string, details: unknown): boolean {
  const state = (details as { state?: string } | undefined)?.state;
  return code === 'conflict' && state !== undefined && (reached[answer.say]?.includes(state) ?? false);
}
