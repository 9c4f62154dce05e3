import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { serverTimeAt } from '../../../client/clock/server-time.ts';

describe('the server’s time', () => {
  it('goes on at the pace that the server last told, from when it told it', () => {
    const told = { clockOffsetMs: 60_000, clockSetAt: 1000, clockRate: 10 };
    expect(serverTimeAt(told, 1000)).toBe(61_000);
    expect(serverTimeAt(told, 1500)).toBe(66_000);
    expect(serverTimeAt({ ...told, clockRate: 0 }, 99_000)).toBe(61_000);
  });

  it('is a plain offset at the pace of 1', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer(), fc.integer(), (clockOffsetMs, clockSetAt, nowMs) => {
        expect(serverTimeAt({ clockOffsetMs, clockSetAt, clockRate: 1 }, nowMs)).toBe(nowMs + clockOffsetMs);
      }),
    );
  });
});
