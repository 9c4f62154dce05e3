/** Facts of every kind, likely and absurd. */
import fc from 'fast-check';
import type { Fact } from '../../../server/locate/fact.ts';
import type { LngLat } from '../../../server/road/geo.ts';
import type { Town } from './town.ts';

/** Instants of whole seconds from an hour before the alert to an hour after it. */
const atS = fc.integer({ min: -3600, max: 3600 });
const share = fc.integer({ min: 0, max: 100 }).map(percent => percent / 100);

/** @param wild also positions at the other end of the world and times that are years off */
export function factArbitrary({ ground, antennas, home }: Town, wild = false): fc.Arbitrary<Fact> {
  const near = fc
    .tuple(fc.integer({ min: -300, max: 300 }), fc.integer({ min: -300, max: 300 }))
    .map(([x, y]): LngLat => [home[0] + x / 10_000, home[1] + y / 10_000]);
  const far = fc
    .tuple(fc.integer({ min: -179, max: 179 }), fc.integer({ min: -84, max: 84 }))
    .map(([lng, lat]): LngLat => [lng, lat]);
  const position = wild ? fc.oneof(near, far) : near;
  const moment = wild ? fc.oneof(atS, fc.integer({ min: -1e9, max: 1e9 })) : atS;
  const target = fc.integer({ min: 0, max: ground.targets.length - 1 }).map(i => ground.targets[i]!.id);
  const heading = fc.option(fc.integer({ min: 0, max: 359 }), { nil: undefined });
  const bodies = fc.oneof(
    fc.record({
      kind: fc.constant('cell' as const),
      antenna: fc.integer({ min: 0, max: antennas.length - 1 }),
      timingAdvance: fc.option(fc.integer({ min: 0, max: wild ? 1282 : 12 }), { nil: undefined }),
    }),
    fc.record({
      kind: fc.constant('fix' as const),
      position,
      accuracyM: fc.integer({ min: 1, max: wild ? 100_000 : 900 }),
      quantile: fc.constantFrom(0.5, 0.68, 0.95),
    }),
    fc.record({ kind: fc.constant('camera' as const), position, headingDeg: heading }),
    fc.record({
      kind: fc.constant('silence' as const),
      cameras: fc.array(fc.record({ position, headingDeg: heading }), { maxLength: 4 }),
      fromS: atS,
    }),
    fc.record({ kind: fc.constant('transaction' as const), position }),
    fc.record({
      kind: fc.constant('report' as const),
      position: fc.option(position, { nil: undefined }),
      credibility: share,
      departedAtS: fc.option(fc.integer({ min: -5000, max: 600 }), { nil: undefined }),
      byVehicle: fc.option(fc.boolean(), { nil: undefined }),
      usualPlaces: fc.array(fc.record({ position }), { maxLength: 2 }),
    }),
    fc.record({
      kind: fc.constant('search' as const),
      targetId: target,
      method: fc.constantFrom('driveBy' as const, 'walkThrough' as const, 'clerkAsked' as const),
    }),
    fc.record({
      kind: fc.constant('pass' as const),
      edges: fc.array(fc.tuple(fc.integer({ min: 0, max: ground.graph.edgeCount - 1 }), atS), {
        maxLength: 6,
      }),
    }),
  );
  return fc.tuple(moment, fc.uuid(), bodies).map(([at, id, body]) => {
    const fact = { id, atS: at, ...withAntenna(body, antennas) };
    return JSON.parse(JSON.stringify(fact)) as Fact;
  });
}

function withAntenna(body: object, antennas: Town['antennas']): object {
  if (!('antenna' in body)) return body;
  const { antenna, ...rest } = body as { antenna: number };
  return { ...antennas[antenna]!, ...rest };
}
