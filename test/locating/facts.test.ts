import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SightingDetail } from '#contract/sighting.ts';
import { buildGround } from '#locate/ground/build.ts';
import type { StandingSighting } from '../../db/queries/belief.ts';
import { camerasAsked, factsOf, silences } from '../../server/locating/facts.ts';
import { bank } from '../builders/county.ts';
import { townGround } from '../builders/ground.ts';

const { ground: source, router } = townGround();
const ground = buildGround(router.graph, source.tables);
const epochMs = Date.UTC(2026, 10, 22, 1);
const position = { lng: 103.34, lat: 24.75 };

let made = 0;
const sighting = (detail: SightingDetail, atS = 0): StandingSighting => ({
  id: `sgt_${++made}`,
  observedAtMs: epochMs + atS * 1000,
  detail,
});
const factOf = (detail: SightingDetail, atS = 0) => factsOf([sighting(detail, atS)], ground, epochMs)[0];
const hit = (atS: number) => sighting({ kind: 'camera', position, headingDeg: 90 }, atS);

describe('facts of sightings', () => {
  it('count their times from the alert, before it as negative', () => {
    expect(factOf({ kind: 'fix', position, accuracyM: 80 }, -90)).toMatchObject({
      kind: 'fix',
      atS: -90,
      position: [103.34, 24.75],
      quantile: 0.68,
    });
    const departedAt = new Date(epochMs - 600_000).toISOString();
    expect(factOf({ kind: 'report', credibility: 0.8, departedAt, departedDoubtS: 120 })).toMatchObject({
      departedAtS: -600,
      departedDoubtS: 120,
      usualPlaces: [],
    });
  });

  it('name the places that the region has, and forget those that it does not', () => {
    const report = factOf({ kind: 'report', credibility: 1, usualPlaces: [bank.id, 'p-gone', position] });
    expect(report).toMatchObject({
      usualPlaces: [
        { targetId: bank.id, position: [bank.position.lng, bank.position.lat] },
        { position: [103.34, 24.75] },
      ],
    });
    expect(factOf({ kind: 'transaction', position, placeId: bank.id })).toMatchObject({ targetId: bank.id });
    expect(factOf({ kind: 'transaction', position, placeId: 'p-gone' })).not.toHaveProperty('targetId');
  });

  it('of searches only those that were done, of what is there', () => {
    const search = { kind: 'search', method: 'walkThrough' } as const;
    expect(factOf({ ...search, placeId: bank.id, outcome: 'notHere' })).toMatchObject({ targetId: bank.id });
    expect(factOf({ ...search, segmentId: 's-gravel', outcome: 'notHere' })).toMatchObject({
      targetId: 's-gravel',
    });
    expect(factOf({ ...search, placeId: bank.id, outcome: 'blocked' })).toBeUndefined();
    expect(factOf({ ...search, placeId: 'p-gone', outcome: 'notHere' })).toBeUndefined();
  });
});

describe('silence of cameras', () => {
  const cameras = [{ position: [103.36, 24.75] as [number, number], headingDeg: 90 }];
  const at = (nowS: number) => ({ epochMs, nowMs: epochMs + nowS * 1000 });

  it('speaks only when the plate is known and a hit shows that they look for it', () => {
    expect(camerasAsked([hit(0)], true)).toBe(true);
    expect(camerasAsked([hit(0)], false)).toBe(false);
    expect(camerasAsked([sighting({ kind: 'fix', position, accuracyM: 50 })], true)).toBe(false);
    expect(silences([], cameras, at(3600))).toEqual([]);
    expect(silences([hit(0)], [], at(3600))).toEqual([]);
  });

  it('lies between hits and after the last one, never about a hit nor in what nobody can have heard of yet', () => {
    const seconds = fc.integer({ min: -1800, max: 1800 });
    fc.assert(
      fc.property(fc.array(seconds, { minLength: 1, maxLength: 5 }), seconds, (hits, nowS) => {
        const found = silences(hits.map(hit), cameras, at(nowS));
        for (const { fromS, atS } of found) {
          expect(fromS).toBeLessThan(atS);
          expect(atS).toBeLessThanOrEqual(Math.max(nowS - 120, ...hits));
          for (const hitS of hits) expect(hitS <= fromS - 60 || hitS >= atS + 60).toBe(true);
        }
        const order = found.toSorted((a, b) => a.fromS - b.fromS);
        order.slice(1).forEach(({ fromS }, i) => expect(fromS).toBeGreaterThanOrEqual(order[i]!.atS));
        expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
      }),
    );
  });

  it('is the same fact for some minutes, so that a belief need not begin anew at each look', () => {
    const first = silences([hit(0)], cameras, at(500));
    expect(first).toHaveLength(1);
    expect(silences([hit(0)], cameras, at(640))).toEqual(first.map(fact => ({ ...fact, id: fact.id })));
    expect(silences([hit(0)], cameras, at(900))).not.toEqual(first);
  });
});
