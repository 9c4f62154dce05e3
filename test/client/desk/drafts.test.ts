import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alertBodySchema } from '#contract/alert.ts';
import { coordinateSystems } from '#contract/common.ts';
import { sightingBodySchema, sightingKinds, type SightingView } from '#contract/sighting.ts';
import { emptyAlert, toAlert } from '../../../client/desk/alert-draft.ts';
import {
  draftOf,
  emptySighting,
  type SightingDraft,
  toBody,
} from '../../../client/desk/incident/sighting-draft.ts';
import { readNumber, readPosition } from '../../../client/desk/position-draft.ts';

const now = Date.parse('2026-11-22T02:00:00Z');
const here = { lng: '103.29', lat: '24.77', crs: 'gcj02' as const };

const draftArbitrary: fc.Arbitrary<SightingDraft> = fc
  .record({
    kind: fc.constantFrom(...sightingKinds),
    source: fc.string({ maxLength: 8 }),
    minutesAgo: fc.constantFrom('0', '12.5', '-1', 'soon', ''),
    position: fc.record({
      lng: fc.constantFrom('103.29', '', 'x', '999'),
      lat: fc.constantFrom('24.77', '', '-91'),
      crs: fc.constantFrom(...coordinateSystems),
    }),
    target: fc.constantFrom(
      null,
      { kind: 'place' as const, id: 'p1' },
      { kind: 'segment' as const, id: 's1' },
    ),
    rangeM: fc.constantFrom('1500', '', '0'),
    azimuthDeg: fc.constantFrom('', '70', '400'),
    timingAdvance: fc.constantFrom('', '12', '1.5'),
    accuracyM: fc.constantFrom('50', '', '-3'),
    credibilityPct: fc.constantFrom('70', '101', ''),
    text: fc.string({ maxLength: 8 }),
  })
  .map(part => ({ ...emptySighting, ...part }));

describe('toBody', () => {
  it('gives what the server takes, or says which fields are wrong: never anything else', () => {
    fc.assert(
      fc.property(draftArbitrary, draft => {
        const body = toBody(draft, now);
        if ('wrong' in body) expect(body.wrong.length).toBeGreaterThan(0);
        else expect(sightingBodySchema.safeParse(body).success).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('keeps the coordinate system that was chosen, and counts back the minutes', () => {
    const draft = {
      ...emptySighting,
      kind: 'fix' as const,
      source: 'carrier',
      position: here,
      minutesAgo: '9',
    };
    expect(toBody(draft, now)).toEqual({
      kind: 'fix',
      source: 'carrier',
      observedAt: '2026-11-22T01:51:00.000Z',
      position: { lng: 103.29, lat: 24.77, crs: 'gcj02' },
      accuracyM: 50,
    });
  });

  it('sends no beam width for an antenna whose direction is unknown', () => {
    const draft = { ...emptySighting, kind: 'cell' as const, source: 'carrier', position: here };
    expect(toBody(draft, now)).not.toHaveProperty('beamwidthDeg');
    expect(toBody({ ...draft, azimuthDeg: '70' }, now)).toMatchObject({ azimuthDeg: 70, beamwidthDeg: 65 });
  });

  it('names what was clicked instead of where: a search is of a place or a segment', () => {
    const search = { ...emptySighting, kind: 'search' as const, source: 'patrol' };
    expect(toBody(search, now)).toHaveProperty('wrong');
    expect(toBody({ ...search, target: { kind: 'segment', id: 's1' } }, now)).toMatchObject({
      segmentId: 's1',
    });
    const report = { ...emptySighting, source: 'family', text: 'at the bank', position: here };
    expect(toBody({ ...report, target: { kind: 'place', id: 'p1' } }, now)).toMatchObject({ placeId: 'p1' });
  });
});

describe('draftOf', () => {
  it('starts a correction from what was recorded: sent unchanged, it says the same', () => {
    const views: SightingView['detail'][] = [
      {
        kind: 'cell',
        site: { lng: 103.3, lat: 24.8 },
        rangeM: 1800,
        azimuthDeg: 70,
        beamwidthDeg: 65,
        cellId: 'c',
      },
      { kind: 'fix', position: { lng: 103.3, lat: 24.8 }, accuracyM: 450 },
      { kind: 'camera', position: { lng: 103.3, lat: 24.8 }, headingDeg: 80 },
      { kind: 'transaction', placeId: 'p1' },
      { kind: 'report', position: { lng: 103.3, lat: 24.8 }, credibility: 0.9, byVehicle: true },
      { kind: 'search', segmentId: 's1', method: 'gateAsked', outcome: 'blocked' },
    ];
    for (const detail of views) {
      const observedAt = '2026-11-22T01:30:00.000Z';
      const view = { id: 'x', source: 'carrier', observedAt, receivedAt: observedAt, detail, text: 'words' };
      const body = toBody(draftOf(view, now), now);
      expect(body, detail.kind).toMatchObject({ kind: detail.kind, observedAt, source: 'carrier' });
      const { kind, ...numbers } = detail;
      expect(JSON.parse(JSON.stringify(body).replaceAll(',"crs":"wgs84"', '')), kind).toMatchObject(numbers);
    }
  });
});

describe('toAlert', () => {
  const draft = { ...emptyAlert, source: '96110', name: '周敏', phone: '138 0000 0001' };

  it('needs a source, a name and a phone number; leaves out what was left empty', () => {
    const body = toAlert(draft);
    expect(alertBodySchema.parse(body)).toEqual(body);
    expect(body).not.toHaveProperty('amount');
    expect(toAlert({ ...draft, phone: 'none' })).toEqual({ wrong: ['phone'] });
    expect(toAlert({ ...draft, name: ' ' })).toEqual({ wrong: ['name'] });
  });

  it('does not drop a home or an amount that it cannot read', () => {
    expect(toAlert({ ...draft, home: { ...here, lat: '' } })).toEqual({ wrong: ['home'] });
    expect(toAlert({ ...draft, amount: '3万' })).toEqual({ wrong: ['amount'] });
    expect(toAlert({ ...draft, home: here })).toMatchObject({ subject: { home: { crs: 'gcj02' } } });
  });
});

describe('reading what was typed', () => {
  it('takes finite numbers only, and positions on the earth only', () => {
    expect([' 12.5 ', '1e3', '', ' ', 'x', 'Infinity', '12,5'].map(readNumber)).toEqual([
      12.5,
      1000,
      null,
      null,
      null,
      null,
      null,
    ]);
    expect(readPosition({ ...here, lng: '181' })).toBeNull();
    expect(readPosition(here)).toEqual({ lng: 103.29, lat: 24.77, crs: 'gcj02' });
  });
});
