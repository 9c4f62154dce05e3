import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import type { DomainEvent } from '#domain/event/event.ts';
import { logAfter } from '../../db/queries/log-after.ts';
import { type LogSource, Tail } from '../../server/stream/tail.ts';
import { describeEachDatabase } from '../builders/database.ts';

const log = pino({ level: 'silent' });
const factAt = (seq: number) => ({ seq }) as DomainEvent;

describe('Tail', () => {
  it('delivers every row once and in order, whatever the wakes, page sizes and failures', async () => {
    const turns = fc.array(
      fc.record({
        written: fc.nat(5),
        readFails: fc.boolean(),
        deliveryFails: fc.boolean(),
        wakes: fc.integer({ min: 1, max: 3 }),
      }),
      { maxLength: 25 },
    );
    await fc.assert(
      fc.asyncProperty(turns, fc.integer({ min: 1, max: 4 }), fc.nat(3), async (all, pageSize, fromSeq) => {
        let head = fromSeq;
        let fails = { read: false, delivery: false };
        const delivered: number[] = [];
        const source: LogSource = {
          read: async (after, limit) => {
            await Promise.resolve();
            if (fails.read) throw new Error('no database');
            return Array.from({ length: Math.min(limit, head - after) }, (_, index) =>
              factAt(after + 1 + index),
            );
          },
        };
        const deliver = async (facts: DomainEvent[]) => {
          await Promise.resolve();
          if (fails.delivery) throw new Error('not now');
          delivered.push(...facts.map(fact => fact.seq));
        };
        const tail = new Tail({ source, fromSeq, clock: { now: () => 0 }, log, deliver, pageSize });
        for (const { written, readFails, deliveryFails, wakes } of all) {
          head += written;
          fails = { read: readFails, delivery: deliveryFails };
          for (let wake = 0; wake < wakes; wake++) tail.wake();
          await Promise.resolve();
        }
        fails = { read: false, delivery: false };
        await tail.caughtUp();
        expect(delivered).toEqual(Array.from({ length: head - fromSeq }, (_, index) => fromSeq + 1 + index));
      }),
      { numRuns: 200 },
    );
  });

  it('tells how old the data is while the log cannot be read, and goes on by itself', async () => {
    let nowMs = 1000;
    let broken = false;
    const source: LogSource = {
      read: () => (broken ? Promise.reject(new Error('gone')) : Promise.resolve([])),
    };
    const tail = new Tail({
      source,
      fromSeq: 0,
      clock: { now: () => nowMs },
      log,
      deliver: () => Promise.resolve(),
      everyMs: 5,
    });
    await tail.caughtUp();
    expect(tail.dataAgeS()).toBe(0);
    broken = true;
    nowMs = 3500;
    await tail.caughtUp();
    expect(tail.dataAgeS()).toBe(2.5);
    broken = false;
    tail.start();
    while (tail.dataAgeS() > 0) await sleep(2);
    await tail.stop();
  });

  it('never passes over a gap', async () => {
    const delivered: number[] = [];
    const source: LogSource = { read: () => Promise.resolve([factAt(1), factAt(3)]) };
    const deliver = async (facts: DomainEvent[]) => void delivered.push(...facts.map(fact => fact.seq));
    const tail = new Tail({ source, fromSeq: 0, clock: { now: () => 0 }, log, deliver });
    await tail.caughtUp();
    expect(delivered).toEqual([]);
  });
});

describeEachDatabase('the tail of the log', makeDatabase => {
  it('skips no row and keeps the order of commits with many writers, some of which give up', async () => {
    const database = await makeDatabase();
    const commits: string[] = [];
    const read: LogSource['read'] = (after, limit) => database.read(tx => logAfter(tx, after, limit));
    const seen: DomainEvent[] = [];
    const tail = new Tail({
      source: { read },
      fromSeq: 0,
      clock: { now: () => 0 },
      log,
      deliver: async facts => void seen.push(...facts),
      everyMs: 20,
      pageSize: 7,
    });
    tail.start();
    const write = async (writer: number) => {
      for (let index = 0; index < 12; index++) {
        const id = `inc-${writer}-${index}`;
        const gaveUp = new Error('gave up');
        await database
          .transaction({ actor: 'test' }, async tx => {
            const payload = JSON.stringify({
              incidentId: id,
              outcome: 'met',
              closedAt: '2026-11-22T00:00:00Z',
            });
            const rows = sql`('incidentClosed', ${id}, 'test', now(), now(), ${payload}::jsonb)`;
            await tx.execute(sql`insert into domain_event (kind, incident_id, actor, observed_at, received_at, payload)
              values ${rows}, ${rows}`);
            if ((writer + index) % 3 === 0) await sleep((writer * 7 + index * 3) % 11);
            if ((writer + index) % 5 === 0) throw gaveUp;
            commits.push(id);
          })
          .catch((error: unknown) => {
            if (error !== gaveUp) throw error;
          });
        if (writer % 2 === 0) tail.wake();
      }
    };
    await Promise.all(Array.from({ length: 12 }, (_, writer) => write(writer)));
    await tail.caughtUp();
    await tail.stop();
    expect(seen.map(fact => fact.seq)).toEqual(
      Array.from({ length: commits.length * 2 }, (_, index) => index + 1),
    );
    // The lock is held to the commit, so the order of the log is the order in which the writers got it.
    expect(seen.filter(fact => fact.seq % 2 === 1).map(fact => fact.incidentId)).toEqual(commits);
    expect(seen[0]).toMatchObject({
      kind: 'incidentClosed',
      actor: 'test',
      observedAt: expect.stringMatching(/^\d{4}-.*Z$/) as string,
    });
  });
});
