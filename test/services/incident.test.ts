import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { alertBody, fromNow, type TestApp, testApp } from '../builders/app.ts';
import { bank, inEast } from '../builders/county.ts';
import { describeEachDatabase } from '../builders/database.ts';

describeEachDatabase('working on an incident', makeDatabase => {
  let app: TestApp;
  let incidentId: string;
  let people = 0;
  beforeAll(async () => {
    app = await testApp(await makeDatabase());
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    const body = alertBody({}, { phone: `1370000${String(++people).padStart(4, '0')}`, home: inEast });
    incidentId = (await app.as('operator')('POST', '/api/alerts', body)).body.incidentId;
  });
  const at = (rest: string) => `/api/incidents/${incidentId}${rest}`;
  const authorityBody = (overrides = {}) => ({
    number: '刑查〔2026〕1号',
    legalBasis: '反电信网络诈骗法',
    reason: '当事人失联',
    expiresAt: fromNow(app.clock, 3_600_000),
    ...overrides,
  });

  it('members: by id or user name, twice is once, unknown and unfit ones refused', async () => {
    const leader = app.as('leader');
    await app.asUser(`usr-${people}`, 'operator');
    expect((await leader('POST', at('/members'), { userId: `usr-${people}` })).body).toEqual({
      userId: `usr-${people}`,
    });
    expect((await leader('POST', at('/members'), { userId: 'trace' })).status).toBe(201);
    expect((await leader('POST', at('/members'), { userId: 'trace' })).status).toBe(201);
    expect(
      (await leader('GET', at(''))).body.members
        .map((member: { userId: string }) => member.userId)
        .toSorted(),
    ).toEqual(['trace', `usr-${people}`]);
    expect((await leader('POST', at('/members'), { userId: 'nobody' })).status).toBe(400);
    expect((await leader('POST', at('/members'), { userId: 'auditor' })).status).toBe(400);
    expect((await app.as('analyst')('POST', at('/members'), { userId: 'analyst' })).status).toBe(403);
  });

  it('authorities: asked for by one, approved by another, once, in time', async () => {
    const leader = app.as('leader');
    const asked = await leader('POST', at('/authorities'), authorityBody());
    expect(asked.status).toBe(201);
    const { authorityId } = asked.body;
    const own = await leader('POST', `/api/authorities/${authorityId}/approve`);
    expect(own.status).toBe(403);
    expect(own.body.error).toMatchObject({ code: 'forbidden', details: { rule: 'fourEyes' } });
    expect((await app.as('trace')('POST', `/api/authorities/${authorityId}/approve`)).status).toBe(403);
    const other = await app.asUser(`leader-${people}`, 'leader');
    expect((await other('POST', `/api/authorities/${authorityId}/approve`)).status).toBe(200);
    expect((await other('POST', `/api/authorities/${authorityId}/approve`)).status).toBe(409);
    expect((await leader('POST', `/api/authorities/${authorityId}/revoke`)).status).toBe(200);
    expect((await leader('POST', `/api/authorities/${authorityId}/revoke`)).status).toBe(409);
    expect((await leader('POST', '/api/authorities/aut_nothing/approve')).status).toBe(404);
  });

  it('authorities: an expired or revoked one is not approved, a past end is not asked for', async () => {
    const trace = app.as('trace');
    expect(
      (await trace('POST', at('/authorities'), authorityBody({ expiresAt: fromNow(app.clock, 0) }))).status,
    ).toBe(400);
    expect(
      (await trace('POST', at('/authorities'), authorityBody({ expiresAt: '2026-11-22T10:00:00' }))).status,
    ).toBe(400);
    const first = (
      await trace('POST', at('/authorities'), authorityBody({ expiresAt: fromNow(app.clock, 1000) }))
    ).body;
    app.clock.advance(1000);
    const late = await app.as('leader')('POST', `/api/authorities/${first.authorityId}/approve`);
    expect(late.status).toBe(409);
    expect(late.body.error.message).toContain('expired');
    const second = (await trace('POST', at('/authorities'), authorityBody())).body;
    await app.as('leader')('POST', `/api/authorities/${second.authorityId}/revoke`);
    expect((await app.as('leader')('POST', `/api/authorities/${second.authorityId}/approve`)).status).toBe(
      409,
    );
    // An operator asks only on incidents that he is on.
    expect((await app.as('operator')('POST', at('/authorities'), authorityBody())).status).toBe(403);
  });

  it('the subject in full: for members and leaders, each time audited', async () => {
    expect((await app.as('operator')('GET', at('/subject'))).status).toBe(403);
    await app.as('leader')('POST', at('/members'), { userId: 'operator' });
    const answer = await app.as('operator')('GET', at('/subject'));
    expect(answer.body).toMatchObject({
      name: '赵小兰',
      phone: expect.stringMatching(/^1370000/),
      home: inEast,
    });
    const { rows } = await app.database.pool.query(
      "select actor from audit_entry where action = 'incident.readSubject' and incident_id = $1",
      [incidentId],
    );
    expect(rows).toEqual([{ actor: 'user:operator' }]);
  });

  it('S12 lists and details are masked, and the wall sees no person at all', async () => {
    for (const path of ['/api/incidents', at('')]) {
      const answer = await app.as('operator')('GET', path);
      const text = JSON.stringify(answer.body);
      expect(text).toContain('赵**');
      expect(text).toMatch(/137\*{4}\d{4}/);
      expect(text).not.toMatch(/赵小兰|1370000/);
      expect(JSON.stringify((await app.as('wall')('GET', path)).body)).not.toMatch(/赵|137\*/);
    }
  });

  it('closing: once, with place, position and note kept in the vault', async () => {
    const leader = app.as('leader');
    expect((await leader('POST', at('/close'), { outcome: 'met', foundPlaceId: 'nowhere' })).status).toBe(
      400,
    );
    const body = {
      outcome: 'met',
      foundPlaceId: bank.id,
      foundAt: { ...inEast, crs: 'gcj02' },
      note: '车内，已见面',
    };
    const closings = await Promise.all([
      leader('POST', at('/close'), body),
      leader('POST', at('/close'), body),
    ]);
    expect(new Set(closings.map(answer => answer.status))).toEqual(new Set([200, 409]));
    const { rows } = await app.database.pool.query(
      `select found_place_id, ST_X(found_at) as lng, body from incident
       join text_private on text_private.id = close_note_id where incident.id = $1`,
      [incidentId],
    );
    expect(rows[0]).toMatchObject({ found_place_id: bank.id, body: '车内，已见面' });
    expect(rows[0].lng).toBeLessThan(inEast.lng);
    for (const [path, sent] of [
      ['/members', { userId: 'trace' }],
      ['/authorities', authorityBody()],
      [
        '/sightings',
        { kind: 'fix', observedAt: fromNow(app.clock, 0), source: 's', position: inEast, accuracyM: 5 },
      ],
      ['/close', { outcome: 'met' }],
    ] as const) {
      const answer = await leader('POST', at(path), sent);
      expect([answer.status, answer.body.error.code], path).toEqual([409, 'alreadyClosed']);
    }
  });

  it('lists: by state, station and time, page by page without gaps', async () => {
    const leader = app.as('leader');
    const all = (await leader('GET', '/api/incidents?limit=1000')).body.items as {
      id: string;
      state: string;
    }[];
    const paged: { id: string }[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const { body } = await leader('GET', `/api/incidents?limit=2${cursor && `&cursor=${cursor}`}`);
      paged.push(...body.items);
      cursor = body.nextCursor;
    }
    expect(paged.map(({ id }) => id)).toEqual(all.map(({ id }) => id));
    const open = (await leader('GET', '/api/incidents?state=open&limit=1000')).body.items;
    expect(open).toEqual(all.filter(({ state }) => state === 'open'));
    expect((await leader('GET', '/api/incidents?station=st-west')).body.items).toEqual([]);
    const later = encodeURIComponent(fromNow(app.clock, 1));
    expect((await leader('GET', `/api/incidents?from=${later}`)).body.items).toEqual([]);
    expect((await leader('GET', `/api/incidents?to=${later}&limit=1000`)).body.items).toEqual(all);
  });
});
