/** S6: what is answered 'no such thing' although it exists is a refusal, and the audit knows; what does not exist leaves nothing. */
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { restOfStep } from '../../server/http/audit-refusals.ts';
import { type TestApp, testApp } from '../builders/app.ts';
import { describeEachDatabase } from '../builders/database.ts';

describeEachDatabase('S6 hidden things in bodies, lists and accounts', makeDatabase => {
  let app: TestApp;
  afterEach(() => app.close());

  const refusals = async () =>
    (
      await app.database.pool.query<{ actor: string; hidden: string; id: string }>(
        `select actor, detail->>'hidden' as hidden, detail->>'id' as id from audit_entry where action = 'access.refuse' order by seq`,
      )
    ).rows;

  it('each is audited under its asker and its id, and answers like one that is not there', async () => {
    app = await testApp(await makeDatabase());
    const leader = app.as('leader');
    const unit = { callsign: '鹿鸣-1', stationId: 'st-west', kind: 'car', crew: { sworn: 1, auxiliary: 1 } };
    const unitId = (await leader('POST', '/api/units', unit)).body.id as string;
    const officer = { name: '李明', badgeNumber: 'B1', sworn: true, stationId: 'st-west' };
    const { officerId } = (await leader('POST', '/api/officers', officer)).body as { officerId: string };
    const day = 'from=2026-11-22T00:00:00Z&to=2026-11-23T00:00:00Z';
    const shift = (id: string) => ({
      unitId: id,
      officerIds: [],
      startsAt: '2026-11-22T00:00:00Z',
      endsAt: '2026-11-22T08:00:00Z',
    });
    const asks: [
      role: 'station' | 'field',
      method: string,
      path: (id: string) => string,
      body: (id: string) => unknown,
      what: string,
      id: string,
    ][] = [
      ['station', 'POST', () => '/api/shifts', shift, 'unit', unitId],
      ['station', 'PATCH', id => `/api/officers/${id}`, () => ({ sworn: false }), 'officer', officerId],
      ['station', 'GET', id => `/api/roster?${day}&stationId=${id}`, () => undefined, 'station', 'st-west'],
      ['station', 'PATCH', id => `/api/units/${id}`, () => ({ state: 'enRoute' }), 'unit', unitId],
      ['field', 'PUT', () => '/api/field/sharing', id => ({ unitId: id }), 'unit', unitId],
      ['field', 'DELETE', id => `/api/account/sessions/${id}`, () => undefined, 'session', 'ses-leader'],
    ];
    for (const [role, method, path, body, what, id] of asks) {
      const label = `${role} ${method} ${path(id)}`;
      const before = (await refusals()).length;
      const absent = await app.as(role)(method, path('no_such'), body('no_such'));
      expect(await refusals(), `${label}: nothing of what is not there`).toHaveLength(before);
      const hidden = await app.as(role)(method, path(id), body(id));
      const said = ({ status, body: answer }: typeof hidden) =>
        `${status} ${JSON.stringify(answer)}`.replaceAll(/no_such|unt_\w+/g, 'ID');
      expect(said(hidden), label).toBe(said(absent));
      expect((await refusals()).slice(before), label).toEqual([{ actor: `user:${role}`, hidden: what, id }]);
    }
  });

  it("one's own session that is over is no secret", async () => {
    app = await testApp(await makeDatabase());
    const field = await app.asUser('field-2', 'field');
    const other = await app.credentialsOf('field-3', 'field');
    await app.database.pool.query(
      `update user_session set user_id = 'field-2', revoked_at = now() where id = 'ses-field-3'`,
    );
    expect((await app.anonymous('GET', '/api/account', undefined, other)).status).toBe(401);
    expect((await field('DELETE', '/api/account/sessions/ses-field-3')).status).toBe(404);
    expect(await refusals()).toEqual([]);
  });
});

describe('S6 the rhythm of hidden answers', () => {
  it('whatever it took, an answer leaves at the end of a step: how long it took is not to be seen', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 10_000, noNaN: true }), elapsedMs => {
        const rest = restOfStep(elapsedMs);
        expect(rest).toBeGreaterThan(0);
        expect(rest).toBeLessThanOrEqual(25);
        const steps = (elapsedMs + rest) / 25;
        expect(Math.abs(steps - Math.round(steps))).toBeLessThan(1e-6);
      }),
    );
  });
});
