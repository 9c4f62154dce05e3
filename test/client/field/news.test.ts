import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TaskView } from '../../../server/contract/task.ts';
import { knownOf, mergeNews, newsBetween } from '../../../client/field/news.ts';
import { endedToday, openTasks } from '../../../client/field/today.ts';
import { taskView } from './tasks.ts';

const nameOf = (task: TaskView) => task.target?.name ?? '?';
const at = 1000;
const news = (before: TaskView[] | null, after: TaskView[]) =>
  newsBetween(before && knownOf(before, nameOf), after, nameOf, at).map(
    ({ kind, taskId }) => `${kind} ${taskId}`,
  );

describe('news of a unit', () => {
  const ordered = taskView({ state: 'ordered' });
  const done = taskView({ state: 'done', outcome: 'notHere' });

  it('tells what others did, and nothing on the first look', () => {
    expect(news(null, [ordered])).toEqual([]);
    expect(news([], [ordered])).toEqual(['ordered tsk_1']);
    expect(news([], [done])).toEqual([]);
    expect(news([ordered], [taskView({ state: 'cancelled' })])).toEqual(['cancelled tsk_1']);
    expect(news([ordered], [taskView({ state: 'accepted' })])).toEqual(['recorded tsk_1']);
    expect(news([done], [taskView({ state: 'done', outcome: 'found' })])).toEqual(['recorded tsk_1']);
    expect(news([done], [taskView({ state: 'arrived' })])).toEqual(['reopened tsk_1']);
    expect(news([ordered], [])).toEqual(['gone tsk_1']);
    expect(news([done], [])).toEqual([]);
  });

  it('an open task never disappears and never closes without a word', () => {
    const state = fc.constantFrom('ordered', 'accepted', 'arrived', 'done', 'refused', 'cancelled' as const);
    const list = fc.uniqueArray(fc.record({ id: fc.constantFrom('a', 'b', 'c'), state }), {
      selector: ({ id }) => id,
    });
    fc.assert(
      fc.property(list, list, (before, after) => {
        const [was, is] = [before, after].map(all => all.map(each => taskView(each as Partial<TaskView>)));
        const told = newsBetween(knownOf(was!, nameOf), is!, nameOf, at);
        for (const task of openTasks(was!)) {
          const now = is!.find(({ id }) => id === task.id);
          const closed = !now || openTasks([now]).length === 0;
          if (closed) expect(told.map(({ taskId }) => taskId)).toContain(task.id);
        }
        for (const task of openTasks(is!))
          if (!was!.some(({ id }) => id === task.id))
            expect(told).toContainEqual(expect.objectContaining({ kind: 'ordered', taskId: task.id }));
        expect(newsBetween(knownOf(is!, nameOf), is!, nameOf, at), 'told once').toEqual([]);
      }),
    );
  });

  it('what the crew has said itself is no news, also while nobody knows whether it was heard', () => {
    const known = knownOf([ordered], nameOf);
    const accepted = taskView({ state: 'accepted' });
    const pending = new Set(['tsk_1']);
    expect(newsBetween(known, [accepted], nameOf, at, pending)).toEqual([]);
    const still = knownOf([accepted], nameOf, known, pending);
    expect(still['tsk_1']!.state).toBe('ordered');
    const [cancelled] = newsBetween(still, [taskView({ state: 'cancelled' })], nameOf, at, pending);
    expect(cancelled!.kind).toBe('cancelled');
    const after = knownOf([taskView({ state: 'cancelled' })], nameOf, still, pending);
    expect(newsBetween(after, [taskView({ state: 'cancelled' })], nameOf, at, pending)).toEqual([]);
  });

  it('of one task the last word stands', () => {
    const tell = (before: TaskView[], after: TaskView[]) =>
      newsBetween(knownOf(before, nameOf), after, nameOf, at);
    const first = tell([], [ordered]);
    const second = tell([ordered], [taskView({ state: 'cancelled' })]);
    expect(mergeNews(first, second).map(({ kind }) => kind)).toEqual(['cancelled']);
    const other = tell([], [taskView({ id: 'tsk_2' })]);
    expect(mergeNews(first, other).map(({ taskId }) => taskId)).toEqual(['tsk_1', 'tsk_2']);
  });
});

describe('the tasks in hand', () => {
  it('begin with the one that has come farthest, then the oldest', () => {
    const tasks = [
      taskView({ id: 'late', orderedAt: '2026-11-22T02:00:00.000Z' }),
      taskView({ id: 'early', orderedAt: '2026-11-22T01:00:00.000Z' }),
      taskView({ id: 'done', state: 'done' }),
      taskView({ id: 'there', state: 'arrived', orderedAt: '2026-11-22T03:00:00.000Z' }),
    ];
    expect(openTasks(tasks).map(({ id }) => id)).toEqual(['there', 'early', 'late']);
  });

  it("end with Shanghai's day", () => {
    const ended = (id: string, endedAt: string) => taskView({ id, state: 'done', endedAt });
    const tasks = [
      ended('yesterday', '2026-11-21T15:59:59.000Z'),
      ended('midnight', '2026-11-21T16:00:00.000Z'),
      ended('now', '2026-11-22T03:00:00.000Z'),
      taskView({ id: 'open' }),
    ];
    const at = Date.parse('2026-11-22T04:00:00.000Z');
    expect(endedToday(tasks, at).map(({ id }) => id)).toEqual(['now', 'midnight']);
  });
});
