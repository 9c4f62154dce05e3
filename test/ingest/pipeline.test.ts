import { pino } from 'pino';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Database } from '../../db/connect.ts';
import { decodePosition } from '../../server/ingest/adapters/positions.ts';
import type { Reporter } from '../../server/ingest/stages.ts';
import { type Live, startLive } from '../../server/live/live.ts';
import { describeEachDatabase } from '../builders/database.ts';
import { addUnits } from '../live/rows.ts';
import { gateway, nowMs, phone } from './fixes.ts';

const log = pino({ level: 'silent' });
const iso = (ms: number) => new Date(ms).toISOString();

describeEachDatabase('the pipeline', makeDatabase => {
  let database: Database;
  let live: Live;
  const clock = { now: () => nowMs };

  beforeEach(async () => {
    database = await makeDatabase();
    await addUnits(database, 12);
    live = await startLive({ clock, database, log });
  });
  afterEach(() => live.stop());

  const accept = (items: unknown[], reporter: Reporter = phone) =>
    live.pipeline.accept(reporter, items, decodePosition);
  const ownFix = (changes: object = {}) => ({
    device: phone.identifier,
    observedAt: iso(nowMs - 1000),
    lng: 103.3,
    lat: 24.8,
    ...changes,
  });
  const stored = async () =>
    (
      await database.pool.query<{
        unit_id: string;
        raw_lng: number;
        raw_crs: string;
        lng: number;
        future: boolean;
      }>(
        'select unit_id, raw_lng, raw_crs, ST_X(point) as lng, future from position order by observed_at, unit_id',
      )
    ).rows;

  it('acknowledges what is stored, and what is stored is the latest', async () => {
    expect(await accept([ownFix({ speedMps: 5 })])).toEqual({ accepted: 1, duplicates: 0, rejected: [] });
    expect(await stored()).toEqual([
      { unit_id: 'unt-1', raw_lng: 103.3, raw_crs: 'wgs84', lng: 103.3, future: false },
    ]);
    expect(live.fleet.latest('unt-1')).toMatchObject({
      lng: 103.3,
      lat: 24.8,
      speedMps: 5,
      observedAtMs: nowMs - 1000,
    });
  });

  it('converts what another system sent and keeps what was sent', async () => {
    await accept([{ unitId: 'unt-2', observedAt: iso(nowMs), lng: 103.3, lat: 24.77 }], gateway);
    const [row] = await stored();
    expect(row).toMatchObject({ unit_id: 'unt-2', raw_lng: 103.3, raw_crs: 'gcj02' });
    expect(row!.lng).toBeCloseTo(103.2981151, 6);
    expect(live.fleet.latest('unt-2')?.lng).toBeCloseTo(103.2981151, 6);
  });

  it('changes nothing when anything is sent again, also within one request and at the same time', async () => {
    const fixes = [ownFix(), ownFix({ observedAt: iso(nowMs - 2000) })];
    const replies = await Promise.all([accept([...fixes, ...fixes]), accept(fixes), accept(fixes)]);
    expect(replies.reduce((sum, reply) => sum + reply.accepted, 0)).toBe(2);
    expect(replies.reduce((sum, reply) => sum + reply.duplicates, 0)).toBe(6);
    expect(await accept(fixes)).toEqual({ accepted: 0, duplicates: 2, rejected: [] });
    expect(await stored()).toHaveLength(2);
    // A different report of the same instant is no repetition.
    expect(await accept([ownFix({ accuracyM: 3 })])).toMatchObject({ accepted: 1 });
  });

  it('stores the sound ones and names the others with their reasons', async () => {
    const items = [
      ownFix(),
      ownFix({ lat: 95 }),
      ownFix({ lng: 0, lat: 0 }),
      ownFix({ unitId: 'unt-2' }),
      ownFix({ observedAt: '1999-01-01T00:00:00Z' }),
      'nonsense',
      ownFix({ observedAt: iso(nowMs - 3000) }),
    ];
    const reply = await accept(items);
    expect(reply).toMatchObject({ accepted: 2, duplicates: 0 });
    expect(reply.rejected.map(({ index }) => index)).toEqual([1, 2, 3, 4, 5]);
    for (const { reason } of reply.rejected) expect(reason.length).toBeGreaterThan(5);
    expect(await stored()).toHaveLength(2);
    expect([...live.pipeline.counts.rejected.values()].reduce((sum, count) => sum + count)).toBe(5);
  });

  it('a device speaks for its own unit, a gateway for every unit and device', async () => {
    const forOther = { unitId: 'unt-3', observedAt: iso(nowMs), lng: 103.3, lat: 24.8 };
    expect((await accept([forOther])).rejected[0]?.reason).toMatch(/only for its own/);
    const reply = await accept(
      [
        forOther,
        { device: '860004', observedAt: iso(nowMs), lng: 103.3, lat: 24.8 },
        { device: '860004', unitId: 'unt-5', observedAt: iso(nowMs), lng: 103.3, lat: 24.8 },
        { device: 'stray', observedAt: iso(nowMs), lng: 103.3, lat: 24.8 },
        { unitId: 'unt-99', observedAt: iso(nowMs), lng: 103.3, lat: 24.8 },
      ],
      gateway,
    );
    expect(reply.accepted).toBe(2);
    expect(reply.rejected).toEqual([
      { index: 2, reason: 'device and unitId disagree' },
      { index: 3, reason: 'unknown device' },
      { index: 4, reason: 'unknown unit' },
    ]);
    // The device's own system, not the gateway's.
    expect(live.fleet.latest('unt-4')?.lng).toBe(103.3);
  });

  it('knows a device that was registered a moment ago', async () => {
    await database.pool.query(`update device set identifier = 'new', id = 'dev-new' where id = 'dev-7'`);
    expect(
      await accept([{ device: 'new', observedAt: iso(nowMs), lng: 103.3, lat: 24.8 }], gateway),
    ).toMatchObject({
      accepted: 1,
    });
  });

  it('R3 keeps a fix from the future, flags it, and never shows it as the latest, after a restart neither', async () => {
    await accept([ownFix(), ownFix({ observedAt: iso(nowMs + 61_000), lng: 104 })]);
    expect((await stored()).map(row => row.future)).toEqual([false, true]);
    expect(live.fleet.latest('unt-1')?.lng).toBe(103.3);
    expect(live.pipeline.counts.future).toBe(1);
    await live.stop();
    live = await startLive({ clock, database, log });
    expect(live.fleet.latest('unt-1')?.lng).toBe(103.3);
    expect((await accept([ownFix({ observedAt: iso(nowMs + 59_000), lng: 105 })])).accepted).toBe(1);
    expect(live.fleet.latest('unt-1')?.lng).toBe(105);
  });

  it('R2 ends in the same latest and the same track in any order, with anything twice; a restart changes nothing', async () => {
    const track = Array.from({ length: 300 }, (_, index) => ({
      unitId: `unt-${1 + (index % 3)}`,
      observedAt: iso(nowMs - 400_000 + ((index * 7919) % 300) * 1000 - (index % 2)),
      lng: 103 + index / 1000,
      lat: 24.8,
      accuracyM: index % 50,
    }));
    const latest = () => ['unt-1', 'unt-2', 'unt-3'].map(id => live.fleet.latest(id));
    const twice = [...track, ...track].sort((a, b) => ((a.lng * 7907) % 1) - ((b.lng * 7907) % 1));
    for (let start = 0; start < twice.length; start += 70)
      await accept(twice.slice(start, start + 70), gateway);
    const [shuffledLatest, shuffledTrack] = [latest(), await stored()];
    expect(shuffledTrack).toHaveLength(track.length);
    await live.stop();
    live = await startLive({ clock, database, log });
    expect(latest()).toEqual(shuffledLatest);

    await database.pool.query('delete from position');
    await live.stop();
    live = await startLive({ clock, database, log });
    expect(latest()).toEqual([undefined, undefined, undefined]);
    await accept(track, gateway);
    expect(latest()).toEqual(shuffledLatest);
    expect(await stored()).toEqual(shuffledTrack);
  });

  it('a late fix extends the history and moves no live mark', async () => {
    await accept([ownFix()]);
    const { version } = live.fleet;
    expect(await accept([ownFix({ observedAt: iso(nowMs - 86_400_000), lng: 102 })])).toMatchObject({
      accepted: 1,
    });
    expect(live.fleet.version).toBe(version);
    expect(await stored()).toHaveLength(2);
  });
});
