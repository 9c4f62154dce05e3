import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DomainEvent } from '#domain/event/event.ts';
import { trackOf } from '#domain/track/track.ts';
import { afterActionOf } from '../../server/reports/after-action/assemble.ts';
import { afterActionMap } from '../../server/reports/after-action/map.ts';
import { logs } from '../stream/facts.ts';

const ofIncident = (log: readonly DomainEvent[], id: string) => log.filter(fact => fact.incidentId === id);
const opened = (log: readonly DomainEvent[]) =>
  log.flatMap(fact => (fact.kind === 'incidentOpened' ? fact.payload.incidentId : []));

describe('the after-action report', () => {
  it('tells each sighting once, with the seconds from its happening to its being known (property)', () => {
    fc.assert(
      fc.property(logs(130), fc.nat(20), fc.array(fc.nat(4000), { minLength: 130 }), (log, pick, delays) => {
        const ids = opened(log);
        const id = ids[pick % Math.max(1, ids.length)];
        if (id === undefined) return;
        const late = ofIncident(log, id).map((fact, index) => ({
          ...fact,
          observedAt: new Date(Date.parse(fact.receivedAt) - delays[index]! * 1000).toISOString(),
        }));
        const report = afterActionOf(late, id, () => null)!;
        const recorded = late.filter(
          ({ kind }) => kind === 'sightingRecorded' || kind === 'sightingCorrected',
        );
        expect(report.known).toHaveLength(recorded.length);
        report.known.forEach(({ delayS, observedAt, receivedAt }, index) => {
          expect(delayS).toBe(delays[late.indexOf(recorded[index]!)]);
          expect(Date.parse(receivedAt) - Date.parse(observedAt)).toBe(delayS * 1000);
        });
        const gone = late.filter(({ kind }) => kind === 'sightingWithdrawn').length;
        expect(report.known.filter(({ withdrawnAt }) => withdrawnAt !== null).length).toBeLessThanOrEqual(
          gone,
        );
        // Of the log itself: which clocks were stopped, and when.
        const stopped = new Set(
          late.flatMap(fact => (fact.kind === 'clockStopped' ? fact.payload.clockId : [])),
        );
        const started = late.filter(fact => fact.kind === 'clockStarted');
        expect(report.clocks).toHaveLength(started.length);
        expect(report.clocks.filter(({ lateS }) => lateS !== null)).toHaveLength(stopped.size);
        for (const { lateS, stoppedAt, dueAt } of report.clocks)
          if (stoppedAt !== null) expect(Date.parse(dueAt) + lateS! * 1000).toBe(Date.parse(stoppedAt));
      }),
      { numRuns: 60 },
    );
  });

  it('is none of an incident that the log does not begin', () => {
    expect(afterActionOf([], 'inc_1', () => null)).toBeUndefined();
  });
});

describe('its map', () => {
  const openedMs = Date.parse('2026-11-22T01:00:00Z');
  const scene = { openedMs, endMs: openedMs + 25 * 60_000, graph: null, stations: [], tasks: [], tracks: [] };
  const place = fc.record({
    lng: fc.double({ min: 103, max: 104, noNaN: true }),
    lat: fc.double({ min: 24, max: 25, noNaN: true }),
  });

  it('shows every place and point within its bounds, each place under the first task there (property)', () => {
    fc.assert(
      fc.property(
        fc.array(fc.option(place), { maxLength: 12 }),
        fc.array(place, { maxLength: 900 }),
        (tasks, fixes) => {
          const track = trackOf(
            fixes.map(({ lng, lat }, i) => ({
              lng,
              lat,
              observedAtMs: openedMs + i * 1000,
              receivedAtMs: openedMs + i * 1000,
              source: 'osmand' as const,
              deviceId: 'd',
            })) as unknown as Parameters<typeof trackOf>[0],
          );
          const map = afterActionMap({
            ...scene,
            tasks: tasks.map(position => ({ position })),
            tracks: [{ callsign: 'a', track }],
          });
          const shown = tasks.filter(each => each !== null);
          if (shown.length === 0 && fixes.length < 2) {
            expect(map).toBeNull();
            return;
          }
          const [west, south, east, north] = map!.bounds as [number, number, number, number];
          const points = map!.tracks.flatMap(each => each.points);
          expect(points.length).toBe(fixes.length < 2 ? 0 : Math.min(fixes.length, 400));
          for (const [lng, lat] of [...points, ...map!.places.map(each => [each.lng, each.lat])]) {
            expect(lng! >= west && lng! <= east && lat! >= south && lat! <= north).toBe(true);
          }
          for (const { number, lng, lat } of map!.places) {
            expect(tasks[number - 1]!.lng).toBeCloseTo(lng, 4);
            expect(tasks[number - 1]!.lat).toBeCloseTo(lat, 4);
          }
          expect(map!.until).toEqual([10, 25]);
        },
      ),
      { numRuns: 40 },
    );
  });
});
