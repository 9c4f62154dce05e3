import { Worker } from 'node:worker_threads';
import { once } from 'node:events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DemoClock, machineClock, rateOf, systemClock } from '../../server/clock.ts';
import { ManualClock } from '../builders/clock.ts';

const step = fc.oneof(
  fc.record({ kind: fc.constant('pass' as const), ms: fc.integer({ min: 0, max: 100_000 }) }),
  fc.record({ kind: fc.constant('rate' as const), rate: fc.constantFrom(0, 1, 2, 7.5, 60) }),
  fc.record({ kind: fc.constant('jump' as const), ms: fc.integer({ min: -1_000_000, max: 1_000_000 }) }),
);

describe('demo time', () => {
  it('never goes back, whatever is done to it, and both holders read the same', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), steps => {
        const machine = new ManualClock();
        const clock = DemoClock.create(1_000_000_000_000, machine);
        const other = DemoClock.attach(clock.shared, machine);
        let before = clock.now();
        for (const each of steps) {
          if (each.kind === 'pass') machine.advance(each.ms);
          else if (each.kind === 'rate') clock.setRate(each.rate);
          else clock.jumpTo(clock.now() + each.ms);
          expect(clock.now()).toBeGreaterThanOrEqual(before);
          expect(other.now()).toBe(clock.now());
          before = clock.now();
        }
      }),
    );
  });

  it('runs at its pace from where it was, stands still at 0, and goes on from there', () => {
    const machine = new ManualClock();
    const clock = DemoClock.create(5_000, machine);
    machine.advance(1000);
    expect(clock.now()).toBe(6000);
    clock.setRate(60);
    machine.advance(1000);
    expect(clock.now()).toBe(66_000);
    clock.setRate(0);
    machine.advance(3_600_000);
    expect(clock.now()).toBe(66_000);
    clock.setRate(2);
    machine.advance(500);
    expect(clock.now()).toBe(67_000);
  });

  it('jumps ahead and never back', () => {
    const clock = DemoClock.create(5_000, new ManualClock());
    clock.jumpTo(90_000);
    expect(clock.now()).toBe(90_000);
    clock.jumpTo(1);
    expect(clock.now()).toBe(90_000);
  });

  it.each([-1, 60.5, Number.NaN])('refuses a pace of %s', rate => {
    expect(() => DemoClock.create(0).setRate(rate)).toThrow(/expected a rate from 0 to 60/);
  });

  it('leaves sessions and rate limits to the machine, and other clocks alone', () => {
    const manual = new ManualClock();
    expect(machineClock(manual)).toBe(manual);
    expect(rateOf(manual)).toBeUndefined();
    const demo = DemoClock.create(0);
    expect(machineClock(demo)).toBe(systemClock);
    expect(rateOf(demo)).toBe(1);
  });

  it('is read by another thread while it is being set', { timeout: 20_000 }, async () => {
    const clock = DemoClock.create(0);
    const reader = new Worker(new URL('./clock-reader.ts', import.meta.url), { workerData: clock.shared });
    const done = once(reader, 'message');
    await once(reader, 'online');
    const timer = setInterval(() => {
      for (let i = 0; i < 2000; i++) clock.setRate(i % 60);
    }, 0);
    const [{ readings, wentBack }] = (await done) as [{ readings: number; wentBack: number }];
    clearInterval(timer);
    expect(readings).toBeGreaterThan(1000);
    expect(wentBack).toBe(0);
  });
});
