import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeKinds } from '#contract/place.ts';
import { searchMethods } from '#contract/sighting.ts';
import { unitStates } from '#contract/unit.ts';
import {
  defaultMethod,
  isOpenTask,
  moveTask,
  newTask,
  searchMinutes,
  statesBefore,
  taskAnswers,
  type TaskMove,
  taskOutcomes,
  type TaskProgress,
  taskStates,
  unitStateAfter,
} from '#domain/task.ts';

const at = '2026-11-22T01:00:00.000Z';
const move: fc.Arbitrary<TaskMove> = fc.oneof(
  fc.constantFrom(...taskAnswers).map(kind => ({ kind, at })),
  fc.constantFrom(...taskOutcomes).map(outcome => ({ kind: 'result' as const, outcome })),
  fc.constant({ kind: 'undo' as const }),
);
const walk = (moves: readonly TaskMove[]): TaskProgress[] =>
  moves.reduce<TaskProgress[]>(
    (been, next) => {
      const moved = moveTask(been.at(-1)!, next);
      return moved ? [...been, moved] : been;
    },
    [newTask],
  );

describe('a task', () => {
  it('has an outcome exactly while it is done, and knows then where undoing leads', () => {
    fc.assert(
      fc.property(fc.array(move, { maxLength: 12 }), moves => {
        for (const task of walk(moves)) {
          expect(task.outcome !== null).toBe(task.state === 'done');
          expect(task.resumes !== null).toBe(task.state === 'done');
        }
      }),
    );
  });

  it('never leaves an end but by undoing a result', () => {
    fc.assert(
      fc.property(fc.array(move, { maxLength: 12 }), move, (moves, next) => {
        const task = walk(moves).at(-1)!;
        if (isOpenTask(task)) return;
        const moved = moveTask(task, next);
        if (moved) expect([task.state, next.kind]).toEqual(['done', 'undo']);
      }),
    );
  });

  it('undoing a result gives back exactly what was before it', () => {
    fc.assert(
      fc.property(fc.array(move, { maxLength: 12 }), fc.constantFrom(...taskOutcomes), (moves, outcome) => {
        const before = walk(moves).at(-1)!;
        const done = moveTask(before, { kind: 'result', outcome });
        expect(done !== undefined).toBe(isOpenTask(before));
        if (done) expect(moveTask(done, { kind: 'undo' })).toEqual(before);
      }),
    );
  });

  it('moves exactly from the states that it names as expected', () => {
    for (const state of taskStates) {
      const task: TaskProgress = {
        ...newTask,
        state,
        ...(state === 'done' && { outcome: 'found', resumes: 'ordered' }),
      };
      for (const kind of taskAnswers)
        expect(moveTask(task, { kind, at }) !== undefined, `${kind} when ${state}`).toBe(
          statesBefore(kind).includes(state),
        );
    }
  });

  it('remembers a call for help whatever follows', () => {
    const helped = moveTask(newTask, { kind: 'help', at })!;
    expect(helped).toEqual({ ...newTask, helpAt: at });
    const done = moveTask(helped, { kind: 'result', outcome: 'blocked' })!;
    expect(done.helpAt).toBe(at);
  });
});

describe('what a unit does', () => {
  it('is told by the task that has come farthest, and out of service stays so', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...unitStates),
        fc.array(fc.constantFrom('ordered' as const, 'accepted' as const, 'arrived' as const)),
        (current, tasks) => {
          const after = unitStateAfter(current, tasks);
          const expected =
            current === 'outOfService'
              ? current
              : tasks.includes('arrived')
                ? 'onScene'
                : tasks.includes('accepted')
                  ? 'enRoute'
                  : tasks.includes('ordered')
                    ? 'dispatched'
                    : 'available';
          expect(after).toBe(expected);
        },
      ),
    );
  });
});

it('every kind of place has a way to be looked at, and every way its time', () => {
  for (const kind of placeKinds) expect(searchMethods).toContain(defaultMethod(kind));
  for (const method of searchMethods) expect(searchMinutes(method)).toBeGreaterThan(0);
});
