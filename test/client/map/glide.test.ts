import { distance } from '@turf/turf';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Glide, motionStride } from '../../../client/map/sources/glide.ts';
import { UnitSlots } from '../../../client/map/sources/unit-slots.ts';

function slotsAt(lng: number, lat: number): UnitSlots {
  const slots = new UnitSlots();
  slots.describe(0, { id: 'a', callsign: 'a', kind: 'car', state: 'enRoute' });
  slots.place(0, lng, lat, 0, 10, 0);
  return slots;
}

/** Position of slot 0 as drawn. */
function drawn(glide: Glide, slots: UnitSlots, nowS: number): [number, number] {
  const [east, north] = glide.lagM(0, nowS);
  const lat = slots.lngLat[1]!;
  return [slots.lngLat[0]! + east / (111_319.49 * Math.cos((lat * Math.PI) / 180)), lat + north / 111_319.49];
}

const metres = (a: number[], b: number[]) => distance(a, b, { units: 'meters' });

describe('Glide', () => {
  it('starts where the mark was drawn and ends on the fix', () => {
    const slots = slotsAt(110, 25);
    const glide = new Glide();
    glide.advance(slots, 0, true);
    slots.place(0, 110.0002, 25.0001, 1000, 10, 45);
    glide.advance(slots, 1, true);
    expect(metres(drawn(glide, slots, 1), [110, 25])).toBeLessThan(0.05);
    expect(metres(drawn(glide, slots, 2), [110.0002, 25.0001])).toBeLessThan(0.01);
    expect(glide.untilS).toBe(2);
  });

  it('never jumps when a fix comes in mid-slide, and never passes the newest fix', () => {
    const move = fc.record({
      east: fc.integer({ min: -60, max: 60 }),
      north: fc.integer({ min: -60, max: 60 }),
      waitS: fc.double({ min: 0.1, max: 4, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(move, { minLength: 1, maxLength: 12 }), moves => {
        const slots = slotsAt(110, 25);
        const glide = new Glide();
        let nowS = 0;
        let [lng, lat] = [110, 25];
        glide.advance(slots, nowS, true);
        for (const { east, north, waitS } of moves) {
          nowS += waitS;
          const before = drawn(glide, slots, nowS);
          lng += east / (111_319.49 * Math.cos((25 * Math.PI) / 180));
          lat += north / 111_319.49;
          slots.place(0, lng, lat, nowS * 1000, 10, 0);
          glide.advance(slots, nowS, true);
          expect(metres(drawn(glide, slots, nowS), before)).toBeLessThan(0.2);
          const far = metres(before, [lng, lat]);
          for (const later of [0.3, 1, 5]) {
            const left = metres(drawn(glide, slots, nowS + later), [lng, lat]);
            expect(left).toBeLessThanOrEqual(far + 0.2);
          }
        }
        expect(metres(drawn(glide, slots, nowS + 3.01), [lng, lat])).toBeLessThan(0.01);
      }),
    );
  });

  it('puts the mark on its fix at once in still mode, at a first fix and after a leap', () => {
    const slots = slotsAt(110, 25);
    const glide = new Glide();
    glide.advance(slots, 0, true);
    expect(glide.lagM(0, 0)).toEqual([0, 0]);
    slots.place(0, 110.0001, 25, 1000, 0, 0);
    glide.advance(slots, 1, false);
    expect(glide.lagM(0, 1)).toEqual([0, 0]);
    slots.place(0, 110.1, 25, 2000, 0, 0);
    glide.advance(slots, 2, true);
    expect(glide.lagM(0, 2)).toEqual([0, 0]);
  });

  it('does not let a new unit slide in from where the last one of its slot was', () => {
    const slots = slotsAt(110, 25);
    const glide = new Glide();
    glide.advance(slots, 0, true);
    slots.remove(0);
    glide.advance(slots, 1, true);
    slots.describe(0, { id: 'b', callsign: 'b', kind: 'foot', state: 'available' });
    slots.place(0, 110.001, 25, 2000, 0, 0);
    glide.advance(slots, 2, true);
    expect(glide.lagM(0, 2)).toEqual([0, 0]);
  });

  it('gives the graphics card start times near zero even after weeks', () => {
    const slots = slotsAt(110, 25);
    const glide = new Glide();
    const weekS = 7 * 86_400;
    glide.advance(slots, weekS, true);
    slots.place(0, 110.0002, 25, 1000, 0, 0);
    glide.advance(slots, weekS + 0.25, true);
    glide.advance(slots, weekS + 0.5, true);
    expect(glide.motion[motionStride * 0 + 2]).toBe(-0.25);
    expect(glide.epochS).toBe(weekS + 0.5);
  });
});
