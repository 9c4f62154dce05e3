import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UnitSlots } from '../../../client/map/sources/unit-slots.ts';

const unit = (id: string) => ({ id, callsign: id, kind: 'car', state: 'available' }) as const;

describe('UnitSlots', () => {
  it('shows a unit once it has both a description and a fix', () => {
    const slots = new UnitSlots();
    slots.place(3, 110, 25, 1000, 5, 90);
    expect(slots.shown(3)).toBe(false);
    slots.describe(3, unit('a'));
    expect(slots.shown(3)).toBe(true);
    expect(slots.count).toBe(4);
    expect([0, 1, 2].some(slot => slots.shown(slot))).toBe(false);
  });

  it('keeps the newest fix whatever the order of arrival', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            at: fc.integer({ min: 0, max: 50 }),
            lng: fc.double({ min: -180, max: 180, noNaN: true }),
          }),
        ),
        fixes => {
          const slots = new UnitSlots();
          slots.describe(0, unit('a'));
          for (const { at, lng } of fixes) slots.place(0, lng, 0, at, 0, 0);
          const newest = fixes.reduce<{ at: number; lng: number } | null>(
            (best, fix) => (best === null || fix.at >= best.at ? fix : best),
            null,
          );
          expect(slots.shown(0)).toBe(newest !== null);
          if (newest) expect(slots.lngLat[0]).toBe(newest.lng);
        },
      ),
    );
  });

  it('behaves like a map from slot to unit under any sequence of changes', () => {
    const step = fc.oneof(
      fc.record({ verb: fc.constant('describe' as const), slot: fc.nat(200), id: fc.nat(20) }),
      fc.record({ verb: fc.constant('place' as const), slot: fc.nat(200), id: fc.nat(20) }),
      fc.record({ verb: fc.constant('remove' as const), slot: fc.nat(200), id: fc.nat(20) }),
      fc.record({ verb: fc.constant('clear' as const), slot: fc.constant(0), id: fc.constant(0) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), steps => {
        const slots = new UnitSlots();
        const ids = new Map<number, string>();
        const placed = new Map<number, number>();
        steps.forEach(({ verb, slot, id }, time) => {
          if (verb === 'describe') {
            const before = ids.get(slot);
            if (before !== undefined && before !== `u${slot}-${id}`) placed.delete(slot);
            ids.set(slot, `u${slot}-${id}`);
            slots.describe(slot, unit(`u${slot}-${id}`));
          } else if (verb === 'place') {
            placed.set(slot, time);
            slots.place(slot, time, time / 2, time, 0, 0);
          } else if (verb === 'remove') {
            ids.delete(slot);
            placed.delete(slot);
            slots.remove(slot);
          } else {
            ids.clear();
            placed.clear();
            slots.clear();
          }
        });
        for (let slot = 0; slot <= 200; slot++) {
          expect(slots.shown(slot)).toBe(ids.has(slot) && placed.has(slot));
          if (!slots.shown(slot)) continue;
          expect(slots.info(slot)?.id).toBe(ids.get(slot));
          expect(slots.slotOf(ids.get(slot)!)).toBe(slot);
          expect(slots.lngLat[2 * slot]).toBe(placed.get(slot));
        }
      }),
    );
  });

  it('tells listeners once per notify, and no more after they left', () => {
    const slots = new UnitSlots();
    let told = 0;
    const leave = slots.subscribe(() => told++);
    slots.describe(0, unit('a'));
    slots.place(0, 1, 2, 3, 0, 0);
    expect(told).toBe(0);
    slots.notify();
    leave();
    slots.notify();
    expect(told).toBe(1);
  });
});
