import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { positionRecordBytes, readPositionRecord } from '#contract/stream.ts';
import { apply } from '#domain/apply.ts';
import { type Track, trackOf } from '#domain/track/track.ts';
import { emptyWorld, type World } from '#domain/world.ts';
import { Recording } from '../../../client/replay/recording.ts';
import { logs, startMs } from '../../stream/facts.ts';

const noTracks: ReadonlyMap<string, Track> = new Map();
const span = { fromMs: startMs, toMs: startMs + 200_000 };
const seconds = fc.array(fc.integer({ min: -400, max: 250 }), { minLength: 5, maxLength: 20 });
const ms = (instant: string) => Date.parse(instant);

describe('a recording in the browser', () => {
  it('as known: at any instant, in any order of seeks, the world of the facts received by then (property)', () => {
    fc.assert(
      fc.property(logs(200), seconds, (log, at) => {
        const recording = new Recording(emptyWorld, log, noTracks, span);
        for (const second of at) {
          const atMs = startMs + second * 1000;
          const wanted = log.filter(({ receivedAt }) => ms(receivedAt) <= atMs).reduce(apply, emptyWorld);
          expect(recording.worldAfter('known', recording.countAt('known', atMs))).toEqual(wanted);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('as it was: sightings show from when they were made, but not before their incident was opened (property)', () => {
    fc.assert(
      fc.property(logs(200), seconds, (log, at) => {
        const recording = new Recording(emptyWorld, log, noTracks, span);
        const opened = new Map(
          log.flatMap(fact =>
            fact.kind === 'incidentOpened' ? [[fact.payload.incidentId, ms(fact.observedAt)]] : [],
          ),
        );
        for (const second of at) {
          const atMs = startMs + second * 1000;
          const { incidents } = recording.worldAfter('was', recording.countAt('was', atMs));
          const made = log.flatMap(fact =>
            fact.kind === 'sightingRecorded' || fact.kind === 'sightingCorrected'
              ? { at: Math.max(ms(fact.observedAt), opened.get(fact.payload.incidentId)!), ...fact.payload }
              : [],
          );
          const shown = Object.values(incidents).flatMap(({ sightings }) => Object.keys(sightings));
          const wanted = made.filter(each => each.at <= atMs).map(({ sightingId }) => sightingId);
          expect(shown.toSorted()).toEqual(wanted.toSorted());
        }
      }),
      { numRuns: 40 },
    );
  });

  const fix = fc.record({
    observedS: fc.integer({ min: 0, max: 600 }),
    delayS: fc.integer({ min: 0, max: 300 }),
    lng: fc.integer({ min: 1030, max: 1040 }).map(tenths => tenths / 10),
    future: fc.boolean(),
  });
  it('places a unit where it was last heard of, and nowhere before (property, against a search of all fixes)', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fix, { selector: ({ observedS }) => observedS, maxLength: 30 }),
        fc.integer({ min: 0, max: 900 }),
        fc.constantFrom('known' as const, 'was' as const),
        (fixes, atS, order) => {
          const track = trackOf(
            fixes.map(({ observedS, delayS, lng, future }) => ({
              deviceId: 'dev-1',
              crs: 'wgs84' as const,
              observedAtMs: startMs + observedS * 1000,
              receivedAtMs: startMs + (observedS + delayS) * 1000,
              lng,
              lat: 24.7,
              speedMps: 5,
              courseDeg: 90,
              accuracyM: 10,
              batteryPct: null,
              future,
            })),
          );
          const unit = { id: 'unt-1', slot: 7 } as World['units'][string];
          const world: World = { ...emptyWorld, units: { 'unt-1': unit } };
          const recording = new Recording(world, [], new Map([['unt-1', track]]), span);
          const bytes = recording.positionsAt(order, startMs + atS * 1000, world);
          const heard = fixes
            .filter(each => !each.future && each.observedS + (order === 'known' ? each.delayS : 0) <= atS)
            .filter(each => each.observedS <= atS)
            .toSorted((a, b) => b.observedS - a.observedS);
          expect(bytes.length).toBe(heard.length > 0 ? positionRecordBytes : 0);
          if (!heard[0]) return;
          const record = readPositionRecord(new DataView(bytes.buffer), 0);
          expect(record).toMatchObject({ slot: 7, speedMps: 5 });
          expect(record.lng).toBeCloseTo(heard[0].lng, 6);
          expect(record.ageS).toBeCloseTo(atS - heard[0].observedS, 1);
        },
      ),
    );
  });
});
