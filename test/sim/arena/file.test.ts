import { describe, expect, it } from 'vitest';
import { lastPing } from '../../../server/sim/arena/baselines.ts';
import type { Episode } from '../../../server/sim/arena/episode.ts';
import { readEpisodes, writeEpisodes } from '../../../server/sim/arena/file.ts';
import { makeEpisode } from '../../../server/sim/arena/make-episode.ts';
import { play } from '../../../server/sim/arena/play.ts';
import { arenaTown } from './town.ts';

const region = arenaTown();
const nowhere = () => undefined;
const episodes = [1, 2, 3, 4].map(seed => makeEpisode(region, seed));

const foreign = {
  id: 'theirs',
  scamType: 'fakePolice',
  home: { lng: 103.11, lat: 24.61 },
  alertAt: '2026-03-01T10:00:00+08:00',
  horizonMin: 60,
  truth: [{ at: '2026-03-01T09:40:00+08:00', lng: 103.11, lat: 24.61, mode: 'parked' }],
  sightings: [
    {
      kind: 'cell',
      source: 'carrier',
      observedAt: '2026-03-01T10:02:00+08:00',
      receivedAt: '2026-03-01T10:05:00+08:00',
      site: { lng: 103.11, lat: 24.61 },
      rangeM: 900,
      neighbours: ['whatever their export says'],
    },
    {
      kind: 'report',
      source: 'family',
      observedAt: '2026-03-01T10:00:00+08:00',
      receivedAt: '2026-03-01T10:01:00+08:00',
      credibility: 0.8,
      text: 'left at twenty to ten',
      departedAt: '2026-03-01T09:40:00+08:00',
      placeId: 'p1',
      usualPlaces: ['p2', { lng: 103.12, lat: 24.62 }],
    },
  ],
  units: [{ id: 'a', lng: 103.12, lat: 24.62 }],
  note: 'a field that nobody knows',
};
const fileOf = (change: object): string => JSON.stringify({ episodes: [{ ...foreign, ...change }] });

describe('episode files', () => {
  it('read back to the episodes that were written, antennas included', () => {
    const { antennas } = region;
    expect(readEpisodes(writeEpisodes({ antennas, episodes }), nowhere)).toEqual({ antennas, episodes });
  });

  it('hold every kind of sighting', () => {
    const known = { atS: 10, receivedS: 20 };
    const at: [number, number] = [103.11, 24.61];
    const one: Episode = {
      ...episodes[0]!,
      sightings: [
        { ...known, id: '1', kind: 'fix', position: at, accuracyM: 200, quantile: 0.95 },
        { ...known, id: '2', kind: 'camera', position: at, headingDeg: 90 },
        { ...known, id: '3', kind: 'silence', cameras: [{ position: at }], fromS: -600 },
        { ...known, id: '4', kind: 'transaction', position: at, targetId: 'p1' },
        {
          ...known,
          id: '5',
          kind: 'report',
          position: at,
          credibility: 0.5,
          departedAtS: -900,
          departedDoubtS: 60,
          byVehicle: true,
          usualPlaces: [{ position: at, targetId: 'p2' }, { position: at }],
        },
        { ...known, id: '6', kind: 'search', targetId: 'p3', method: 'clerkAsked' },
      ],
    };
    expect(readEpisodes(writeEpisodes({ episodes: [one] }), () => at)).toEqual({ episodes: [one] });
  });

  it('play to the same result as the episodes in memory', () => {
    const read = readEpisodes(writeEpisodes({ episodes }), nowhere).episodes;
    read.forEach((each, i) => {
      const original = episodes[i]!;
      expect(play(region, each, lastPing(region, each))).toEqual(
        play(region, original, lastPing(region, original)),
      );
    });
  });

  it('of others are read, whatever else they say', () => {
    const [one] = readEpisodes(fileOf({}), id => (id.startsWith('p') ? [103.1, 24.6] : undefined)).episodes;
    expect(one).toMatchObject({ horizonS: 3600, departedS: null, units: [{ id: 'a', at: [103.12, 24.62] }] });
    expect(one!.truth[0]!.atS).toBe(-1200);
    expect(one!.sightings.map(({ kind, receivedS }) => [kind, receivedS])).toEqual([
      ['report', 60],
      ['cell', 300],
    ]);
    expect(one!.sightings[0]).toMatchObject({
      departedAtS: -1200,
      position: [103.1, 24.6],
      targetId: 'p1',
      usualPlaces: [{ position: [103.1, 24.6], targetId: 'p2' }, { position: [103.12, 24.62] }],
    });
  });

  it.each([
    ['{', /not JSON/],
    ['{}', /episodes: /],
    ['{"episodes":[]}', /at least one episode/],
    [
      fileOf({ alertAt: '2026-03-01T10:00:00' }),
      /episodes\.0\.alertAt: expected an ISO 8601 time with offset/,
    ],
    [fileOf({ scamType: 'witchcraft' }), /episodes\.0\.scamType/],
    [fileOf({ home: { lng: 103, lat: 24, crs: 'gcj02' } }), /episodes\.0\.home: expected WGS-84/],
    [fileOf({ units: [] }), /episodes\.0\.units/],
    [fileOf({ truth: [{ ...foreign.truth[0], mode: 'flying' }] }), /episodes\.0\.truth\.0\.mode/],
    [
      fileOf({ truth: [foreign.truth[0], { ...foreign.truth[0], at: '2026-03-01T09:00:00+08:00' }] }),
      /episodes\.0\.truth: expected points in the order of time/,
    ],
    [fileOf({ sightings: [{ ...foreign.sightings[0], kind: 'dream' }] }), /episodes\.0\.sightings\.0/],
    [fileOf({ sightings: [{ ...foreign.sightings[0], receivedAt: undefined }] }), /sightings\.0\.receivedAt/],
    [fileOf({}), /Episode theirs, sighting 1: the region has no place p\d/],
  ])('refuse what is not as it should be (%#)', (text, message) => {
    expect(() => readEpisodes(text, nowhere)).toThrow(message);
  });
});
