/** S3 over everything that looks at a person or follows an officer: no audit row, no byte; and the row is there before the reading. */
import { gzipSync } from 'node:zlib';
import { sql } from 'drizzle-orm';
import { afterEach, expect, it } from 'vitest';
import type { Locating } from '../../server/locating/locating.ts';
import { fromNow, openTrace, reasonHeader, type TestApp, testApp } from '../builders/app.ts';
import { describeEachDatabase } from '../builders/database.ts';

const canary = 103.3571113;
const belief = gzipSync(
  JSON.stringify({
    regions: {},
    places: [],
    warnings: [],
    cells: { lng: [canary], lat: [24.7], p: [1] },
    routes: [],
    questions: [],
    unavailable: [],
    intercept: [],
    pFoundBy: [],
    note: String(canary),
  }),
);

describeEachDatabase('S3 looking leaves its row first', makeDatabase => {
  let app: TestApp;
  let incidentId: string;
  let unitId: string;
  /** Audit rows of looks that others could see when something was read for one. */
  let seenBefore: number[] = [];
  afterEach(() => app.close());

  const committedLooks = async () => {
    const { rows } = await app.database.pool.query<{ n: number }>(
      `select count(*)::int as n from audit_entry where action in
        ('trace.open', 'trace.read', 'trace.export', 'incident.readSubject', 'unit.track')`,
    );
    return rows[0]!.n;
  };

  async function start() {
    const locating = {
      async now() {
        seenBefore.push(await committedLooks());
        return { seq: 1, atMs: 0, posterior: belief, plan: belief };
      },
      street: () => Promise.resolve(undefined),
      close: () => Promise.resolve(),
    } as unknown as Locating;
    app = await testApp(await makeDatabase(), { locating });
    ({ incidentId } = await openTrace(app, ['leader', 'analyst']));
    const body = { kind: 'fix', observedAt: fromNow(app.clock, -60_000), source: 's', accuracyM: 5 };
    const position = { lng: canary, lat: 24.75 };
    await app.as('trace')('POST', `/api/incidents/${incidentId}/sightings`, { ...body, position });
    const unit = { callsign: '茶口-1', stationId: 'st-east', kind: 'car', crew: { sworn: 1, auxiliary: 1 } };
    unitId = (await app.as('leader')('POST', '/api/units', unit)).body.id;
    await app.database.maintain(tx =>
      tx.execute(sql`insert into belief (incident_id, seq, by_time, at, because, rest_of_world, entropy_bits, posterior, plan)
        values (${incidentId}, 1, false, now(), 'opened', 0.1, 1, ${belief}, ${belief})`),
    );
    seenBefore = [];
  }

  /** Every way to look, and whether it reads anything afterwards. */
  const looks = () =>
    [
      ['leader', 'GET', `/api/incidents/${incidentId}/sightings`],
      ['leader', 'POST', `/api/incidents/${incidentId}/looks`],
      ['leader', 'GET', `/api/incidents/${incidentId}/posterior`],
      ['leader', 'GET', `/api/incidents/${incidentId}/posterior?seq=9`],
      ['leader', 'GET', `/api/incidents/${incidentId}/plan`],
      ['leader', 'GET', `/api/incidents/${incidentId}/plan?seq=9`],
      ['leader', 'GET', `/api/incidents/${incidentId}/beliefs`],
      ['leader', 'GET', `/api/incidents/${incidentId}/subject`],
      ['leader', 'GET', `/api/units/${unitId}/track?from=2026-11-22T00:00:00Z&to=2026-11-22T01:00:00Z`],
      ['analyst', 'POST', `/api/exports/incidents/${incidentId}`, { format: 'geojson' }],
    ] as const;

  it('when the audit cannot be written each of them answers 503 and nothing else', async () => {
    await start();
    await app.database.maintain(tx => tx.execute(sql`revoke insert on audit_entry from jianmian_app`));
    try {
      for (const [role, method, path, body] of looks()) {
        const answer = await app.as(role)(method, path, body, reasonHeader);
        expect({ path, status: answer.status, code: answer.body.error?.code }).toEqual({
          path,
          status: 503,
          code: 'auditUnavailable',
        });
        expect(JSON.stringify(answer.body)).not.toContain(String(canary));
      }
      const pin = await app.as('leader')(
        'POST',
        `/api/incidents/${incidentId}/wall-pin`,
        { show: ['units'] },
        reasonHeader,
      );
      expect(pin.status).toBe(503);
      expect((await app.as('wall')('GET', '/api/wall-pins')).body.items).toEqual([]);
      expect(seenBefore).toEqual([]);
    } finally {
      await app.database.maintain(tx => tx.execute(sql`grant insert on audit_entry to jianmian_app`));
    }
  });

  it('the row is committed, for all to see, before anything is read', async () => {
    await start();
    const read: typeof app.database.read = app.database.read.bind(app.database);
    Object.defineProperty(app.database, 'read', {
      configurable: true,
      value: async (...args: Parameters<typeof read>) => {
        // Only reading a trace, or a person, says for which incident or user it is done.
        const [, context] = args;
        if (context?.settings?.['trace'] !== undefined) seenBefore.push(await committedLooks());
        return read(...args);
      },
    });
    try {
      for (const [role, method, path, body] of looks()) {
        const before = await committedLooks();
        seenBefore = [];
        const answer = await app.as(role)(method, path, body, reasonHeader);
        expect({ path, status: answer.status }).toEqual({ path, status: 200 });
        expect(await committedLooks(), path).toBe(before + 1);
        for (const seen of seenBefore) expect(seen, path).toBe(before + 1);
        if (/sightings|looks|posterior|plan|beliefs|exports/.test(path))
          expect(seenBefore.length, path).toBeGreaterThan(0);
      }
    } finally {
      Object.defineProperty(app.database, 'read', { configurable: true, value: read });
    }
  });
});
