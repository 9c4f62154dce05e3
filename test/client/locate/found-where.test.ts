import { describe, expect, it } from 'vitest';
import type { BelievedPlace } from '../../../client/api/locate.ts';
import { foundBody, foundChoices, nowhere, onMap } from '../../../client/desk/incident/found-where.ts';
import type { WorldTask } from '../../../server/domain/world.ts';

const believed = (placeId: string, kind: BelievedPlace['kind'] = 'park'): BelievedPlace => ({
  placeId,
  kind,
  name: placeId,
  nameEn: null,
  position: { lng: 103.1, lat: 24.2 },
  path: null,
  poa: 0.1,
  poaSoon: 0.1,
  why: [],
  searched: [],
});
const found = { id: 't', placeId: null, segmentId: 's1' } as WorldTask;

describe('where she was met', () => {
  const choices = foundChoices([found], {}, [believed('p1'), believed('s1'), believed('r9', 'street')]);

  it('is first where a task found her, and no place stands twice', () => {
    expect(choices.map(({ value }) => value)).toEqual(['s1', 'p1', 'r9']);
    expect(foundBody(choices, 's1', null)).toEqual({ foundPlaceId: 's1' });
  });

  it('is a position for a street that nobody was sent to, and for a point of the map', () => {
    expect(foundBody(choices, 'r9', null)).toEqual({ foundAt: { lng: 103.1, lat: 24.2, crs: 'wgs84' } });
    expect(foundBody(choices, onMap, [103, 24])).toEqual({ foundAt: { lng: 103, lat: 24, crs: 'wgs84' } });
  });

  it('may stay open', () => {
    expect(foundBody(choices, nowhere, null)).toEqual({});
    expect(foundBody(choices, onMap, null)).toEqual({});
  });
});
