import { describe, expect, it } from 'vitest';
import { Metrics } from '../../server/http/metrics.ts';
import type { Job } from '../../server/jobs/job.ts';
import { Scheduler } from '../../server/jobs/scheduler.ts';
import { createLog } from '../../server/log.ts';
import { ManualClock } from '../builders/clock.ts';

function stage(...jobs: Job[]) {
  const clock = new ManualClock();
  const metrics = new Metrics();
  const lines: string[] = [];
  const log = createLog('debug', { write: line => void lines.push(line) });
  return { clock, metrics, lines, scheduler: new Scheduler(jobs, { clock, log, metrics }) };
}

/** A job that counts its turns and ends each one when told. */
function heldJob(name: string) {
  const turns: { end: () => void; signal: AbortSignal }[] = [];
  const job: Job = {
    name,
    everyMs: 1000,
    firstAfterMs: 0,
    run: signal => new Promise<void>(resolve => turns.push({ end: resolve, signal })),
  };
  return { job, turns };
}

describe('the scheduler', () => {
  it('runs a job at its first time and then at its interval, by the clock it is given', async () => {
    let runs = 0;
    const { clock, scheduler } = stage({
      name: 'sweep',
      everyMs: 60_000,
      firstAfterMs: 5000,
      run: async () => void runs++,
    });
    const seen: number[] = [];
    for (let second = 0; second <= 180; second++) {
      scheduler.look();
      await scheduler.idle();
      seen.push(runs);
      clock.advance(1000);
    }
    expect([seen[4], seen[5], seen[64], seen[65], seen[124], seen[125]]).toEqual([0, 1, 1, 2, 2, 3]);
  });

  it('never runs two turns of one job at once, and makes up for none', async () => {
    const { job, turns } = heldJob('slow');
    const { clock, scheduler } = stage(job);
    for (let second = 0; second < 10; second++) {
      scheduler.look();
      clock.advance(1000);
    }
    expect(turns).toHaveLength(1);
    turns[0]!.end();
    await scheduler.idle();
    scheduler.look();
    scheduler.look();
    expect(turns).toHaveLength(2);
  });

  it('a job that waits keeps no other from its turn', () => {
    const [first, second] = [heldJob('first'), heldJob('second')];
    const { clock, scheduler } = stage(first.job, second.job);
    scheduler.look();
    second.turns[0]!.end();
    clock.advance(1000);
    expect([first.turns.length, second.turns.length]).toEqual([1, 1]);
  });

  it('logs and counts a turn that failed, and goes on', async () => {
    let runs = 0;
    const { clock, scheduler, lines, metrics } = stage({
      name: 'fragile',
      everyMs: 1000,
      firstAfterMs: 0,
      run: async () => {
        if (runs++ === 0) throw new Error('the disk is full');
      },
    });
    for (let turn = 0; turn < 3; turn++) {
      scheduler.look();
      await scheduler.idle();
      clock.advance(1000);
    }
    expect(lines.filter(line => line.includes('the disk is full'))).toHaveLength(1);
    expect(metrics.render()).toContain('jianmian_job_turns_total{job="fragile",outcome="done"} 2');
    expect(metrics.render()).toContain('jianmian_job_turns_total{job="fragile",outcome="failed"} 1');
  });

  it('stops: tells the turn under way, waits for it, starts no other', async () => {
    const { job, turns } = heldJob('long');
    const { clock, scheduler } = stage(job);
    scheduler.look();
    let stopped = false;
    const stopping = scheduler.stop().then(() => (stopped = true));
    await Promise.resolve();
    expect([turns[0]!.signal.aborted, stopped]).toEqual([true, false]);
    turns[0]!.end();
    await stopping;
    clock.advance(5000);
    scheduler.look();
    expect(turns).toHaveLength(1);
  });
});
