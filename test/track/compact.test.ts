import fc from 'fast-check';
import { beforeEach, expect, it } from 'vitest';
import { TrackChunkError } from '#domain/track/chunk.ts';
import { fixAt, type Track, type TrackFix, trackOf } from '#domain/track/track.ts';
import { windowMs } from '#domain/track/window.ts';
import type { Database } from '../../db/connect.ts';
import { dropPartitions, ensurePositionPartitions, positionPartitions } from '../../db/partitions.ts';
import { latestFixes } from '../../db/queries/latest-fixes.ts';
import { Fleet } from '../../server/live/fleet.ts';
import { compactTracks } from '../../server/services/track/compact.ts';
import { newestInChunks } from '../../server/services/track/newest.ts';
import { readTrack, readTracksIn, tracksBetween } from '../../server/services/track/read.ts';
import { retainTracks } from '../../server/services/track/retain.ts';
import { ManualClock } from '../builders/clock.ts';
import { describeEachDatabase } from '../builders/database.ts';
import { addUnits } from '../live/rows.ts';
import { crowdedFix, drive, windowAtMs } from './arbitraries.ts';
import { counted, store } from './fixes.ts';

const dayMs = 86_400_000;
const never = new AbortController().signal;
/** The fixes of the tests are of 2026-11-20; on this day that is closed. */
const later = '2026-11-22T01:00:00Z';

const fixesOf = (track: Track) => Array.from({ length: track.length }, (_, index) => fixAt(track, index));
/** The same fixes, coming again on the day of the compaction. */
const sentAgain = (fixes: readonly TrackFix[]) =>
  fixes.map(fix => ({ ...fix, receivedAtMs: Date.parse(later) }));
const shifted = (fixes: readonly TrackFix[], ms: number) =>
  fixes.map(fix => ({ ...fix, observedAtMs: fix.observedAtMs + ms, receivedAtMs: fix.receivedAtMs + ms }));

describeEachDatabase('compaction of positions', (makeDatabase, engine) => {
  let database: Database;
  let clock: ManualClock;
  beforeEach(async () => {
    database = await makeDatabase();
    clock = new ManualClock(later);
    // Partitions outlive the test where engines are shared.
    await database.maintain(tx => dropPartitions(tx, 'position', '9999-12-31'));
    await database.maintain(tx => dropPartitions(tx, 'track_chunk', '9999-12-31'));
    await database.maintain(tx => ensurePositionPartitions(tx, '2026-11-20', '2026-11-22'));
    await addUnits(database, 3);
  });
  const turn = () => compactTracks({ database, clock }, never);
  const day = (unitId: string) => readTrack(database, unitId, windowAtMs - dayMs, windowAtMs + 3 * dayMs);

  it('copies a closed day, compares it in the next turn, then drops it; what can be read stays the same', async () => {
    const drives = [
      drive(1, 5000),
      drive(2, 10_000),
      [...drive(3, 10_000), ...shifted(drive(4, 10_000), windowMs)],
    ];
    for (const [index, fixes] of drives.entries())
      expect(await store(database, `unt-${index + 1}`, fixes)).toBe(fixes.length);
    const { lng, lat } = drives[0]![90]!;
    const box = [lng - 0.01, lat - 0.002, lng + 0.01, lat + 0.002] as const;
    const before = await Promise.all([1, 2, 3].map(n => day(`unt-${n}`)));
    const boxed = await readTracksIn(database, box, windowAtMs + 60_000, windowAtMs + windowMs);
    expect(before.map(fixesOf)).toEqual(drives.map(fixes => fixesOf(trackOf(fixes))));

    const rows = drives.flat().length;
    expect(await turn()).toEqual({ rows, chunks: 4, dropped: [] });
    expect(await counted(database)).toEqual({ rows, chunks: 4 });
    expect(await Promise.all([1, 2, 3].map(n => day(`unt-${n}`)))).toEqual(before);
    expect(await turn()).toEqual({ rows, chunks: 0, dropped: ['2026-11-20'] });
    expect(await counted(database)).toEqual({ rows: 0, chunks: 4 });
    expect(await database.maintain(positionPartitions)).toEqual(['2026-11-21', '2026-11-22']);
    expect(await Promise.all([1, 2, 3].map(n => day(`unt-${n}`)))).toEqual(before);
    expect(await readTracksIn(database, box, windowAtMs + 60_000, windowAtMs + windowMs)).toEqual(boxed);
    expect(boxed.get('unt-1')!.length).toBeGreaterThan(0);
    expect(boxed.get('unt-1')!.length).toBeLessThan(168);
    expect(await turn()).toEqual({ rows: 0, chunks: 0, dropped: [] });
  });

  it('what is sent again changes nothing: as row, as chunk, and where both are', async () => {
    const fixes = drive(5, 10_000);
    await store(database, 'unt-1', fixes);
    await turn();
    expect(await store(database, 'unt-1', sentAgain(fixes)), 'rows and chunks').toBe(0);
    await turn();
    expect(await store(database, 'unt-1', sentAgain(fixes)), 'chunks alone').toBe(0);
    expect(await counted(database)).toEqual({ rows: 0, chunks: 1 });
    // A repetition that slipped in while the day was moved.
    await database.pool.query(
      `insert into position (device_id, observed_at, payload_hash, unit_id, received_at, point,
      speed_mps, course_deg, accuracy_m, battery_pct, raw_lng, raw_lat, raw_crs, future)
      select $1, to_timestamp($2::float8 / 1000), 'x', 'unt-1', now(), ST_SetSRID(ST_MakePoint($3, $4), 4326),
        $5, $6, $7, $8, 0, 0, 'wgs84', false`,
      [
        fixes[3]!.deviceId,
        fixes[3]!.observedAtMs,
        fixes[3]!.lng,
        fixes[3]!.lat,
        fixes[3]!.speedMps,
        fixes[3]!.courseDeg,
        fixes[3]!.accuracyM,
        fixes[3]!.batteryPct,
      ],
    );
    expect(fixesOf(await day('unt-1'))).toEqual(fixesOf(trackOf(fixes)));
    expect(await turn()).toEqual({ rows: 1, chunks: 0, dropped: [] });
    expect(await counted(database)).toEqual({ rows: 0, chunks: 1 });
    expect(fixesOf(await day('unt-1'))).toEqual(fixesOf(trackOf(fixes)));
  });

  it('what is sent again is known by its chunk although rows keep speed and course in single precision', async () => {
    // Half a step of what a track keeps: in single precision these lie just below it, in double precision on it.
    const fixes = drive(17, 60_000).map(fix => ({ ...fix, speedMps: 4.115, courseDeg: 1.05 }));
    await store(database, 'unt-1', fixes);
    await turn();
    await turn();
    expect(await counted(database)).toEqual({ rows: 0, chunks: 1 });
    expect(await store(database, 'unt-1', sentAgain(fixes))).toBe(0);
  });

  it('takes up what comes late, before its day is dropped and after', async () => {
    const fixes = drive(6, 5000);
    await store(
      database,
      'unt-1',
      fixes.filter((_, index) => index % 3 === 0),
    );
    await turn();
    await store(
      database,
      'unt-1',
      fixes.filter((_, index) => index % 3 === 1),
    );
    expect(await turn(), 'a changed day is not dropped').toEqual({ rows: 120, chunks: 1, dropped: [] });
    expect((await turn()).dropped).toEqual(['2026-11-20']);
    expect(await store(database, 'unt-1', sentAgain(fixes))).toBe(60);
    const known = fixes.map((fix, index) => (index % 3 === 2 ? sentAgain([fix])[0]! : fix));
    expect(fixesOf(await day('unt-1'))).toEqual(fixesOf(trackOf(known)));
    expect(await turn()).toEqual({ rows: 60, chunks: 1, dropped: [] });
    expect(await counted(database)).toEqual({ rows: 0, chunks: 1 });
    expect(fixesOf(await day('unt-1'))).toEqual(fixesOf(trackOf(known)));
  });

  it('leaves today and yesterday alone, and clocks that are ahead', async () => {
    const soon = shifted(drive(7, 60_000), dayMs);
    const ahead = shifted(drive(7, 60_000), 3000 * dayMs);
    await store(database, 'unt-1', soon);
    await store(database, 'unt-1', ahead);
    expect(await turn()).toEqual({ rows: 0, chunks: 0, dropped: ['2026-11-20'] });
    expect(await counted(database)).toEqual({ rows: 30, chunks: 0 });
    clock.advance(dayMs);
    expect((await turn()).chunks).toBe(1);
  });

  it('the newest fix at start is the same, wherever it lies', async () => {
    await store(database, 'unt-1', drive(8, 10_000));
    const wrongClock = { ...drive(9, 10_000)[80]!, observedAtMs: windowAtMs + windowMs + 5000, future: true };
    await store(database, 'unt-1', [wrongClock]);
    await store(database, 'unt-2', drive(9, 10_000));
    await store(database, 'unt-2', shifted(drive(9, 10_000), dayMs));
    const newest = async () => {
      const fleet = new Fleet();
      for (const fix of await database.read(latestFixes)) fleet.offer(fix);
      for (const fix of await newestInChunks(database)) fleet.offer(fix);
      return ['unt-1', 'unt-2', 'unt-3'].map(unitId => fleet.latest(unitId));
    };
    const before = await newest();
    expect(before.map(fix => fix?.observedAtMs)).toEqual([
      windowAtMs + windowMs - 10_000,
      windowAtMs + dayMs + windowMs - 10_000,
      undefined,
    ]);
    await turn();
    await turn();
    expect((await counted(database)).rows).toBe(90);
    expect(await newest()).toEqual(before);
  });

  it('a replay gets the same fixes as chunks, from rows and from chunks', async () => {
    const fixes = [...drive(10, 30_000), ...shifted(drive(11, 30_000), windowMs)];
    await store(database, 'unt-1', fixes);
    await store(database, 'unt-2', drive(12, 30_000));
    const all = async () => {
      const chunks = [];
      for await (const some of tracksBetween(database, windowAtMs + 1, windowAtMs + 2 * windowMs))
        chunks.push(some);
      return chunks.map(some =>
        some.map(({ unitId, windowAtMs: at, body }) => [unitId, at, Buffer.from(body)]),
      );
    };
    const hot = await all();
    expect(hot.map(some => some.map(([unitId, at]) => [unitId, at]))).toEqual([
      [
        ['unt-1', windowAtMs],
        ['unt-2', windowAtMs],
      ],
      [['unt-1', windowAtMs + windowMs]],
    ]);
    await turn();
    expect(await all()).toEqual(hot);
    await turn();
    expect(await all()).toEqual(hot);
  });

  it('forgets whole days after the retention, and strays with them', async () => {
    const old = shifted(drive(13, 60_000), -100 * dayMs);
    await store(database, 'unt-1', drive(13, 60_000));
    await store(
      database,
      'unt-1',
      shifted(drive(13, 60_000), 3000 * dayMs).map(fix => ({ ...fix, future: true })),
    );
    await turn();
    await turn();
    await store(database, 'unt-1', old);
    expect(await retainTracks({ database, clock }, never)).toEqual([]);
    expect(await counted(database), 'older than the retention when it came').toEqual({ rows: 15, chunks: 1 });
    clock.advance(89 * dayMs);
    expect(await retainTracks({ database, clock }, never)).toEqual(['2026-11-20']);
    expect((await counted(database)).chunks).toBe(0);
    clock.advance(3000 * dayMs);
    await retainTracks({ database, clock }, never);
    expect(await counted(database)).toEqual({ rows: 0, chunks: 0 });
  });

  it('a damaged chunk is an error to read, and keeps nobody from storing and starting', async () => {
    await store(database, 'unt-1', drive(14, 60_000));
    await turn();
    await turn();
    await database.pool.query('update track_chunk set body = set_byte(body, 40, get_byte(body, 40) # 1)');
    await expect(day('unt-1')).rejects.toBeInstanceOf(TrackChunkError);
    expect(await newestInChunks(database)).toEqual([]);
    expect(await store(database, 'unt-1', drive(14, 60_000))).toBe(15);
    await expect(turn()).rejects.toBeInstanceOf(TrackChunkError);
    expect((await counted(database)).rows, 'nothing is thrown away').toBe(15);
  });

  it('two compactions and a writer at once end in the same tracks', async () => {
    const fixes = drive(15, 5000);
    const third = (rest: number) => fixes.filter((_, index) => index % 3 === rest);
    await store(database, 'unt-1', third(0));
    for (const part of [third(1), third(2), []])
      await Promise.all([turn(), turn(), store(database, 'unt-1', sentAgain(part))]);
    while ((await turn()).rows > 0);
    expect(await counted(database)).toEqual({ rows: 0, chunks: 1 });
    const known = fixes.map((fix, index) => (index % 3 === 0 ? fix : sentAgain([fix])[0]!));
    expect(fixesOf(await day('unt-1'))).toEqual(fixesOf(trackOf(known)));
  });

  if (engine === 'server')
    it('does not make the writers wait behind a slow reader: the next turn drops the day', async () => {
      await store(database, 'unt-1', drive(16, 60_000));
      await turn();
      const reader = await database.pool.connect();
      await reader.query('begin');
      await reader.query('select count(*) from position');
      expect((await turn()).dropped).toEqual([]);
      await reader.query('commit');
      reader.release();
      expect((await turn()).dropped).toEqual(['2026-11-20']);
    });

  it('the application may read chunks and not change them', async () => {
    for (const statement of [
      'delete from track_chunk',
      'truncate track_chunk',
      'update track_chunk set fixes = 1',
    ])
      await expect(
        database.transaction({ actor: 'x' }, tx => tx.execute(statement)),
        statement,
      ).rejects.toThrow();
  });

  it('any order of storing and compacting ends in the same tracks as storing alone', {
    timeout: 120_000,
  }, async () => {
    const step = fc.oneof(
      { weight: 3, arbitrary: fc.array(crowdedFix, { minLength: 1, maxLength: 8 }) },
      { weight: 2, arbitrary: fc.constant('compact' as const) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 8 }), async steps => {
        await database.maintain(tx => dropPartitions(tx, 'position', '9999-12-31'));
        await database.pool.query('truncate position, track_chunk');
        await database.maintain(tx => ensurePositionPartitions(tx, '2026-11-20', '2026-11-22'));
        for (const each of steps) await (each === 'compact' ? turn() : store(database, 'unt-1', each));
        const all = trackOf(steps.flatMap(each => (each === 'compact' ? [] : each)));
        const said = (track: Track) =>
          fixesOf(track).map(fix => ({ ...fix, receivedAtMs: 0, future: false }));
        expect(said(await day('unt-1'))).toEqual(said(all));
      }),
      { numRuns: engine === 'server' ? 15 : 8 },
    );
  });
});
