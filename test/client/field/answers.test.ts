import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type FieldAnswer,
  isSaidAlready,
  requestOf,
  type Unsent,
  withAnswers,
} from '../../../client/field/answers.ts';
import { answerBodySchema, resultBodySchema, undoBodySchema } from '../../../server/contract/task.ts';
import { taskView } from './tasks.ts';

const answer: fc.Arbitrary<FieldAnswer> = fc.oneof(
  fc.record({ say: fc.constantFrom('accept' as const, 'arrive' as const, 'help' as const) }),
  fc.record({ say: fc.constant('refuse' as const), reason: fc.constantFrom('车辆故障', '太远') }),
  fc.record(
    {
      say: fc.constant('result' as const),
      outcome: fc.constantFrom('found' as const, 'notHere' as const, 'blocked' as const),
      method: fc.constantFrom('driveBy' as const, 'clerkAsked' as const),
      note: fc.constantFrom('没有人', ''),
    },
    { requiredKeys: ['say', 'outcome', 'method'] },
  ),
  fc.record({ say: fc.constant('undo' as const), reason: fc.constant('点错了') }),
);
const said = (each: FieldAnswer, key = 'k'): Unsent => ({
  key,
  taskId: 'tsk_1',
  place: '江源银行',
  answer: each,
  saidAt: '2026-11-22T02:00:00.000Z',
});

describe('an answer', () => {
  it('is a request that the contract takes, at the time of the saying', () => {
    fc.assert(
      fc.property(answer, each => {
        const { path, body } = requestOf(said(each));
        expect(path).toBe(`/api/tasks/tsk_1/${each.say}`);
        const schema =
          each.say === 'result' ? resultBodySchema : each.say === 'undo' ? undoBodySchema : answerBodySchema;
        expect(schema.parse(body)).toEqual(body);
        if (each.say !== 'undo') expect(body).toMatchObject({ observedAt: '2026-11-22T02:00:00.000Z' });
      }),
    );
  });

  it('shows at once what it will do, and nothing when it will be refused', () => {
    const [after] = withAnswers(
      [taskView({ state: 'ordered' })],
      [said({ say: 'accept' }), said({ say: 'arrive' })],
    );
    expect(after).toMatchObject({ state: 'arrived', acceptedAt: said({ say: 'accept' }).saidAt });
    const [done] = withAnswers(
      [after!],
      [said({ say: 'result', outcome: 'notHere', method: 'driveBy', note: '无人' })],
    );
    expect(done).toMatchObject({ state: 'done', outcome: 'notHere', resultMethod: 'driveBy', note: '无人' });
    const [again] = withAnswers([done!], [said({ say: 'undo', reason: '点错了' })]);
    expect(again).toMatchObject({ state: 'arrived', outcome: null, endedAt: null, resultMethod: null });
    const cancelled = taskView({ state: 'cancelled' });
    expect(withAnswers([cancelled], [said({ say: 'arrive' })])).toEqual([cancelled]);
  });

  it("touches its own task alone, and a call for help leaves the task's state", () => {
    const tasks = [taskView({ id: 'tsk_1', state: 'accepted' }), taskView({ id: 'tsk_2', state: 'ordered' })];
    const [first, second] = withAnswers(tasks, [said({ say: 'help' })]);
    expect(first).toMatchObject({ state: 'accepted', helpAt: '2026-11-22T02:00:00.000Z' });
    expect(second).toBe(tasks[1]);
  });

  it('is no loss when the desk had recorded as much by radio', () => {
    const conflict = (state: string) => ({ state, expected: [] });
    expect(isSaidAlready(said({ say: 'accept' }), 'conflict', conflict('arrived'))).toBe(true);
    expect(isSaidAlready(said({ say: 'arrive' }), 'conflict', conflict('done'))).toBe(true);
    expect(isSaidAlready(said({ say: 'accept' }), 'conflict', conflict('cancelled'))).toBe(false);
    expect(isSaidAlready(said({ say: 'accept' }), 'alreadyClosed', conflict('arrived'))).toBe(false);
    const result = said({ say: 'result', outcome: 'found', method: 'driveBy' });
    expect(isSaidAlready(result, 'conflict', conflict('done'))).toBe(false);
  });
});
