/** The recorded trace of a case: who may see it once more, what comes of it, and when it goes. */
import { sql } from 'drizzle-orm';
import { afterEach, expect, it, vi } from 'vitest';
import type { RecordedBelief, RecordedTrace } from '#contract/review.ts';
import { fromNow, openTrace, reasonHeader, type TestApp, testApp } from '../builders/app.ts';
import { describeEachDatabase } from '../builders/database.ts';
import { seedGround, townGround } from '../builders/ground.ts';
import { messagesIn } from '../stream/stream-client.ts';

const compare = (a: string, b: string) => a.localeCompare(b);
const inOrder = (ids: string[]) => ids.toSorted(compare);
// Many requests each, on a machine that may be busy.
vi.setConfig({ testTimeout: 120_000 });
const home = { lng: 103.35, lat: 24.75 };
const paper = { number: '复盘〔2026〕1号', legalBasis: '执法监督', reason: '复盘处置过程' };

describeEachDatabase('seeing a recorded trace', makeDatabase => {
  let app: TestApp;
  afterEach(() => app.close());
  const start = async () => (app = await testApp(await makeDatabase()));

  const report = () => ({
    kind: 'report',
    source: '家属',
    credibility: 1,
    text: '他往车站去了',
    position: home,
    observedAt: fromNow(app.clock, -60_000),
  });
  /** An incident with a sighting, closed. */
  async function closedCase(): Promise<string> {
    const { incidentId } = await openTrace(app, ['trace']);
    const path = `/api/incidents/${incidentId}`;
    expect((await app.as('trace')('POST', `${path}/sightings`, report())).status).toBe(201);
    expect((await app.as('leader')('POST', `${path}/close`, { outcome: 'met' })).status).toBe(200);
    return incidentId;
  }
  const ask = (incidentId: string, role: 'analyst' | 'leader' | 'trace' = 'analyst', ms = 3_600_000) =>
    app.as(role)('POST', `/api/replay/${incidentId}/reviews`, {
      ...paper,
      expiresAt: fromNow(app.clock, ms),
    });
  const approve = (id: string) => app.as('leader')('POST', `/api/reviews/${id}/approve`);
  const look = (
    incidentId: string,
    role: 'analyst' | 'leader' | 'trace' = 'analyst',
    headers = reasonHeader,
  ) => app.as(role)('GET', `/api/replay/${incidentId}/trace`, undefined, headers);

  it('needs a review that the reviewer asked for, that another approved and that holds, and a reason', async () => {
    await start();
    const incidentId = await closedCase();
    const missing = async (...args: Parameters<typeof look>) => {
      const { status, body } = await look(...args);
      expect(status).toBe(403);
      expect(JSON.stringify(body)).not.toContain('103.35');
      return body.error.details.missing as string[];
    };
    expect(await missing(incidentId)).toEqual(['authority']);
    const { reviewId } = (await ask(incidentId)).body;
    expect(await missing(incidentId)).toEqual(['authority']);
    expect((await approve(reviewId)).status).toBe(200);
    expect((await look(incidentId)).status).toBe(200);
    expect(await missing(incidentId, 'analyst', {} as typeof reasonHeader)).toEqual(['reason']);
    expect(await missing(incidentId, 'leader')).toEqual(['authority']);
    expect(await missing(incidentId, 'trace')).toEqual(['authority']);
    for (const path of ['sightings', 'posterior', 'plan', 'beliefs'])
      expect(
        (await app.as('analyst')('GET', `/api/incidents/${incidentId}/${path}`, undefined, reasonHeader))
          .status,
        path,
      ).toBe(403);
    app.clock.advance(3_600_000);
    expect(await missing(incidentId)).toEqual(['authority']);
  });

  it('opens an open incident under the conditions of any look, and never on a review', async () => {
    await start();
    const { incidentId, authorityId } = await openTrace(app, ['trace']);
    expect((await ask(incidentId)).status).toBe(409);
    expect((await look(incidentId, 'analyst')).body.error.details.missing).toEqual(['membership']);
    expect((await look(incidentId, 'trace')).status).toBe(200);
    await app.as('leader')('POST', `/api/authorities/${authorityId}/revoke`);
    expect((await look(incidentId, 'trace')).body.error.details.missing).toEqual(['authority']);
  });

  it('is approved by somebody else, once, in time, within 7 days', async () => {
    await start();
    const incidentId = await closedCase();
    const own = (await ask(incidentId, 'leader')).body.reviewId;
    expect((await approve(own)).body.error).toMatchObject({
      code: 'forbidden',
      details: { rule: 'fourEyes' },
    });
    const { reviewId } = (await ask(incidentId)).body;
    expect((await app.as('analyst')('POST', `/api/reviews/${reviewId}/approve`)).status).toBe(403);
    expect((await approve(reviewId)).status).toBe(200);
    expect((await approve(reviewId)).status).toBe(409);
    const late = (await ask(incidentId, 'analyst', 60_000)).body.reviewId;
    app.clock.advance(60_000);
    expect((await approve(late)).status).toBe(409);
    expect((await ask(incidentId, 'analyst', 8 * 86_400_000)).status).toBe(400);
    for (const role of ['wall', 'admin', 'auditor', 'station', 'field', 'operator'] as const)
      expect((await app.as(role)('POST', `/api/replay/${incidentId}/reviews`, paper)).status, role).toBe(403);
    expect((await approve('rva_none')).status).toBe(404);
  });

  it('lists to each asker his own, and to who decides all of them', async () => {
    await start();
    const incidentId = await closedCase();
    const { reviewId } = (await ask(incidentId)).body;
    const other = (await ask(incidentId, 'trace')).body.reviewId;
    const ids = async (role: 'analyst' | 'trace' | 'leader', path: string) =>
      ((await app.as(role)('GET', path)).body.items as { id: string }[])
        .map(({ id }) => id)
        .toSorted(compare);
    for (const path of ['/api/reviews', `/api/replay/${incidentId}/reviews`]) {
      expect(await ids('analyst', path)).toEqual([reviewId]);
      expect(await ids('trace', path)).toEqual([other]);
      expect(await ids('leader', path)).toEqual(inOrder([reviewId, other]));
    }
    await approve(reviewId);
    expect(await ids('leader', '/api/reviews')).toEqual([other]);
    expect((await app.as('trace')('POST', `/api/reviews/${reviewId}/end`)).status).toBe(404);
    expect((await app.as('trace')('POST', `/api/reviews/${other}/end`)).status).toBe(200);
    expect((await app.as('trace')('POST', `/api/reviews/${other}/end`)).status).toBe(409);
    expect((await approve(other)).status).toBe(409);
  });

  it('S2 says revoked as its last word when review, authority, incident or session ends, and when', async () => {
    await start();
    const incidentId = await closedCase();
    const open = await openTrace(app, ['trace', 'analyst']);
    const { reviewId } = (await ask(incidentId)).body;
    await approve(reviewId);
    const second = await openTrace(app, ['trace']);
    const leader = app.as('leader');
    const ends: [string, 'analyst' | 'trace', () => Promise<{ status: number }>][] = [
      [incidentId, 'analyst', () => leader('POST', `/api/reviews/${reviewId}/end`)],
      [open.incidentId, 'trace', () => leader('POST', `/api/authorities/${open.authorityId}/revoke`)],
      [
        second.incidentId,
        'trace',
        () => leader('POST', `/api/incidents/${second.incidentId}/close`, { outcome: 'met' }),
      ],
    ];
    for (const [id, role, end] of ends) {
      const { last } = await follow(id, role);
      expect((await end()).status).toBe(200);
      const ended = performance.now();
      expect(await last).toBe('revoked');
      console.log(`trace ended → revoked: ${Math.round(performance.now() - ended)} ms`);
    }
    const third = await openTrace(app, ['trace']);
    const { last } = await follow(third.incidentId, 'trace');
    expect((await app.as('trace')('DELETE', '/api/session')).status).toBeLessThan(300);
    expect(await last).toBe('revoked');
  });

  /** Follows a recorded trace; resolves when it is whole, with the promise of its last word. */
  async function follow(incidentId: string, role: 'analyst' | 'trace'): Promise<{ last: Promise<string> }> {
    const response = await app.app.request(`/api/replay/${incidentId}/trace`, {
      headers: { ...app.credentials(role), ...reasonHeader },
    });
    expect(response.status).toBe(200);
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    while (!text.includes('event: whole')) text += (await reader.read()).value ?? '';
    const last = async () => {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return messagesIn(text).at(-1)!.name;
        text += value;
      }
    };
    return { last: last() };
  }

  it('holds every sighting and what was believed and planned at each of the marks; each is an audit row', async () => {
    const { ground, router } = townGround();
    const database = await makeDatabase();
    app = await testApp(database, { ground, router });
    await seedGround(database, ground);
    const { incidentId } = await openTrace(app, ['trace']);
    const path = `/api/incidents/${incidentId}`;
    await app.as('leader')('POST', `${path}/home`, { position: home });
    const live: { seq: number; p: unknown; words: unknown }[] = [];
    for (let i = 0; i < 3; i++) {
      await app.as('trace')('POST', `${path}/sightings`, {
        ...report(),
        text: `第 ${i} 次`,
        position: { lng: home.lng + i * 0.003, lat: home.lat },
      });
      const { body } = await app.as('trace')('GET', `${path}/posterior`, undefined, reasonHeader);
      live.push({ seq: body.seq, p: body.cells, words: body.places });
      app.clock.advance(60_000);
    }
    await app.as('leader')('POST', `${path}/close`, { outcome: 'met' });
    const { reviewId } = (await ask(incidentId)).body;
    await approve(reviewId);
    const messages = messagesIn((await look(incidentId)).body as string);
    const of = (name: string) =>
      messages.filter(each => each.name === name).map(({ data }) => JSON.parse(data));
    const [{ sightings, expiresAt }] = of('trace') as [RecordedTrace];
    expect(sightings.map(({ text }) => text)).toEqual(['第 0 次', '第 1 次', '第 2 次']);
    expect(Date.parse(expiresAt)).toBeGreaterThan(app.clock.now());
    const beliefs = of('belief') as RecordedBelief[];
    const bySeq = new Map(beliefs.map(belief => [belief.posterior.seq, belief]));
    for (const { seq, p, words } of live) {
      expect(bySeq.get(seq)?.posterior.cells).toEqual(p);
      expect(bySeq.get(seq)?.posterior.places).toEqual(words);
      expect(bySeq.get(seq)?.plan.seq).toBe(seq);
    }
    expect(beliefs.map(({ posterior }) => posterior.seq)).toEqual(
      [...bySeq.keys()].toSorted((a, b) => a - b),
    );
    const rows = await database.maintain(
      async tx =>
        (
          await tx.execute(
            sql`select actor, reason from audit_entry where action = 'replay.trace' and incident_id = ${incidentId}`,
          )
        ).rows,
    );
    expect(rows).toEqual([
      { actor: 'user:analyst', reason: decodeURIComponent(reasonHeader['X-Access-Reason']) },
    ]);
  });

  it('is not to be had when it was purged, whatever was approved', async () => {
    await start();
    const incidentId = await closedCase();
    const { reviewId } = (await ask(incidentId)).body;
    await approve(reviewId);
    await app.database.maintain(tx =>
      tx.execute(sql`update incident set trace_purged_at = closed_at where id = ${incidentId}`),
    );
    expect((await look(incidentId)).status).toBe(404);
    expect((await ask(incidentId)).status).toBe(404);
  });
});
