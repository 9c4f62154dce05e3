import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scaleFrom } from '../../../client/wall/scale.ts';

describe('scaleFrom', () => {
  it('makes body text 20 minutes of arc at the farthest seat: 35 mm at 6 m', () => {
    const pitchMm = 0.63;
    const textMm = scaleFrom(`?distance=6&pitch=${pitchMm}`, 1080) * 14 * pitchMm;
    expect(textMm).toBeCloseTo(34.9, 1);
  });

  it('follows the window without a word of the room, and always stays within reason', () => {
    expect(scaleFrom('', 2160)).toBeCloseTo(2.7, 5);
    expect(scaleFrom('?scale=2', 1080)).toBe(2);
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 20_000 }), (query, heightPx) => {
        const scale = scaleFrom(query, heightPx);
        expect(scale).toBeGreaterThanOrEqual(1);
        expect(scale).toBeLessThanOrEqual(8);
      }),
    );
  });
});
