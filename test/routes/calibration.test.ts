/** Closing a case judges what was believed of it; the board tells sums and nothing of one case. */
import { area, pointOnFeature, polygon } from '@turf/turf';
import { sql } from 'drizzle-orm';
import type { MultiPolygon } from 'geojson';
import { afterEach, expect, it, vi } from 'vitest';
import type { Calibration } from '#contract/calibration.ts';
import { valueEvidence } from '../../server/services/calibration/value-evidence.ts';
import { fromNow, openTrace, reasonHeader, type TestApp, testApp } from '../builders/app.ts';
import { describeEachDatabase } from '../builders/database.ts';
import { seedGround, townGround } from '../builders/ground.ts';

vi.setConfig({ testTimeout: 120_000 });
const { ground, router } = townGround();
const home = { lng: 103.35, lat: 24.75 };

describeEachDatabase('the calibration of closed cases', makeDatabase => {
  let app: TestApp;
  afterEach(() => app.close());

  async function start(): Promise<void> {
    const database = await makeDatabase();
    app = await testApp(database, { ground, router });
    await seedGround(database, ground);
  }
  const board = async (): Promise<Calibration> =>
    (await app.as('analyst')('GET', '/api/reports/calibration')).body;

  /** An incident of which something is believed; gives its posterior at the end. */
  async function believed(): Promise<{
    path: string;
    regions: { p50: MultiPolygon };
  }> {
    const { incidentId } = await openTrace(app, ['trace']);
    const path = `/api/incidents/${incidentId}`;
    await app.as('leader')('POST', `${path}/home`, { position: home });
    await app.as('trace')('POST', `${path}/sightings`, {
      kind: 'fix',
      source: 'carrier',
      position: home,
      accuracyM: 200,
      observedAt: fromNow(app.clock, -30_000),
    });
    await app.as('trace')('POST', `${path}/sightings`, {
      kind: 'report',
      source: '家属',
      credibility: 1,
      text: '无位置的说法',
      observedAt: fromNow(app.clock, -20_000),
    });
    const { body } = await app.as('trace')('GET', `${path}/posterior`, undefined, reasonHeader);
    app.clock.advance(60_000);
    return { path, ...body };
  }
  const close = async (path: string, body: object) =>
    expect((await app.as('leader')('POST', `${path}/close`, body)).status).toBe(200);

  it('counts a find inside or outside of the regions, once; a case without a found place not at all', async () => {
    await start();
    expect(await board()).toMatchObject({ cases: 0, months: [], evidence: [] });
    const near = await believed();
    const [largest] = near.regions.p50.coordinates
      .map(rings => polygon(rings))
      .toSorted((a, b) => area(b) - area(a));
    const [lng, lat] = pointOnFeature(largest!).geometry.coordinates as [number, number];
    await close(near.path, { outcome: 'met', foundAt: { lng, lat, crs: 'wgs84' } });
    const far = await believed();
    await close(far.path, { outcome: 'metTooLate', foundAt: { lng: lng + 1, lat: lat + 1, crs: 'wgs84' } });
    await close((await believed()).path, { outcome: 'met' });
    await close((await believed()).path, { outcome: 'falseAlarm', foundAt: { ...home, crs: 'wgs84' } });
    const { cases, regions, months } = await board();
    expect(cases).toBe(2);
    const found = regions.filter(({ moment }) => moment === 'found');
    expect(found.map(({ share, inside, rate }) => [share, inside, rate.of])).toEqual(
      [50, 80, 90, 95].map(share => [share, 1, 2]),
    );
    expect(months).toHaveLength(1);
    // One near the middle of the belief, one at the floor of 20 bits.
    expect(months[0]!.bits.value).toBeGreaterThan(10);
    expect(months[0]!.bits.value).toBeLessThan(17);
  });

  it('values each kind of evidence once: what places her is worth bits, what says nothing is worth none', async () => {
    await start();
    const { path } = await believed();
    await close(path, { outcome: 'met', foundAt: { ...home, crs: 'wgs84' } });
    const thread = app.deps.locating!.thread;
    expect(await valueEvidence(app.deps, thread)).toBe(true);
    expect(await valueEvidence(app.deps, thread)).toBe(false);
    const { evidence } = await board();
    const bits = new Map(evidence.map(each => [each.kind, each.bits.value!]));
    expect([...bits.keys()].toSorted((a, b) => a.localeCompare(b))).toEqual(['fix', 'report']);
    expect(bits.get('fix')!).toBeGreaterThan(1);
    expect(bits.get('report')!).toBeCloseTo(0, 6);
  });

  it('keeps the numbers when the trace is purged, and shows them to those who read reports', async () => {
    await start();
    const { path } = await believed();
    await close(path, { outcome: 'met', foundAt: { ...home, crs: 'wgs84' } });
    const before = await board();
    await app.database.maintain(tx => tx.execute(sql`update incident set trace_purged_at = closed_at`));
    expect({ ...(await board()), asOf: '' }).toEqual({ ...before, asOf: '' });
    expect(await valueEvidence(app.deps, app.deps.locating!.thread)).toBe(false);
    expect(JSON.stringify(before)).not.toContain('103.3');
    for (const role of ['wall', 'field', 'auditor', 'admin'] as const)
      expect((await app.as(role)('GET', '/api/reports/calibration')).status, role).toBe(403);
  });
});
