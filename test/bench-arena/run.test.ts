import { describe, expect, it } from 'vitest';
import { buildGround } from '../../server/locate/ground/build.ts';
import { type EpisodeSet, firstReport } from '../../server/sim/arena/episode.ts';
import { readEpisodes, writeEpisodes } from '../../server/sim/arena/file.ts';
import { makeEpisode } from '../../server/sim/arena/make-episode.ts';
import { oracleStepS } from '../../server/sim/arena/oracle.ts';
import { play } from '../../server/sim/arena/play.ts';
import { ours } from '../bench/arena/belief-policies.ts';
import { policyNames } from '../bench/arena/options.ts';
import { runEpisode } from '../bench/arena/run-episode.ts';
import type { Arena } from '../bench/arena/setup.ts';
import { figuresOf, resultFile } from '../bench/arena/summary.ts';
import { arenaTown } from '../sim/arena/town.ts';

const region = arenaTown();
const places = region.spots.filter(({ path }) => path === null);
const segments = region.spots.filter(({ path }) => path !== null);
const ground = buildGround(region.graph, {
  places: places.map(({ id, kind, position }) => ({ id, kind, position, name: id })) as never,
  segments: segments.map(({ id, kind, path }) => ({ id, kind, line: path!, name: id })) as never,
});
const { antennas } = region;
const arena: Arena = { region, ground, antennas, antennasOfTrueModel: [...antennas] };
const order = { policies: policyNames, config: {}, compare: undefined };
const episodes = Array.from({ length: 6 }, (_, seed) => makeEpisode(region, 500 + seed));
const results = episodes.map(episode => runEpisode(arena, episode, order));

describe('a run of the arena', () => {
  it('plays every policy on every episode, and none beats the oracle by more than its step', () => {
    for (const { outcomes } of results) {
      expect(Object.keys(outcomes).sort()).toEqual([...policyNames].sort());
      for (const { foundS } of Object.values(outcomes))
        expect(foundS).toBeGreaterThanOrEqual(outcomes.oracle!.foundS - oracleStepS);
    }
  });

  it('gives the same result again, and from a file of its episodes', () => {
    const text = writeEpisodes({ antennas: region.antennas, episodes });
    const read: EpisodeSet = readEpisodes(text, () => undefined);
    const again = runEpisode({ ...arena, antennas: read.antennas! }, read.episodes[0]!, order);
    const { posteriorMs: _, planMs: __, ...first } = results[0]!;
    expect(again).toMatchObject(first);
  });

  it('plays the episodes of others, whose antennas nobody knows', () => {
    const [own] = episodes;
    const stripped = own!.sightings.map(sighting => {
      if (sighting.kind !== 'cell') return sighting;
      const { cellId: _, ...rest } = sighting;
      return rest;
    });
    const result = runEpisode({ ...arena, antennas: [] }, { ...own!, sightings: stripped }, order);
    expect(result.outcomes.ours!.foundS).toBeGreaterThan(0);
    expect(result.passive[10]!.p).toBeGreaterThanOrEqual(0);
  });

  it('sends units only where the belief knows somewhere to look, by ways that it may', () => {
    const [episode] = episodes;
    const policy = ours(arena, episode!, {});
    for (const fact of firstReport(episode!)) policy.fact(fact, 0);
    const units = episode!.units.map(({ id, at }) => ({
      id,
      at: region.driving.snap(at)!,
      freeAtS: 0,
      doing: 'idle' as const,
      targetId: null,
    }));
    const orders = policy.decide(0, units, 'start');
    expect(orders.length).toBeGreaterThan(4);
    expect(new Set(orders.map(({ unitId }) => unitId)).size).toBe(orders.length);
    for (const { target } of orders) expect(ground.indexOf.has(target.id)).toBe(true);
  });

  it('reports every figure that the bench promises, and every episode in its file', () => {
    const figures = figuresOf(results, results);
    expect(Object.keys(figures)).toEqual(
      expect.arrayContaining(['policies', 'shareWon', 'calibration', 'logScore', 'posteriorMs', 'planMs']),
    );
    expect(Object.keys(figures['policies']!).sort()).toEqual([...policyNames].sort());
    expect(figures['shareWon']).toMatchObject({
      value: expect.any(Number),
      lo: expect.any(Number),
      hi: expect.any(Number),
    });
    expect(figures['calibration']).toMatchObject({
      r50: { n: results.length },
      r90At20: { n: results.length },
    });
    const file = JSON.parse(resultFile({ seed: 1 }, results, results)) as {
      episodes: Record<string, object>[];
    };
    expect(file.episodes).toHaveLength(results.length);
    for (const each of file.episodes) {
      expect(Object.keys(each['passive']!)).toEqual(['5', '10', '20', '30']);
      expect(each['policies']).toHaveProperty('ours.foundS');
    }
  });

  it('lets the belief be watched while it plays, as long as she is not found', () => {
    for (const [i, { inPlay, outcomes }] of results.entries()) {
      const { foundS } = outcomes.ours!;
      expect(Object.keys(inPlay).map(Number)).toEqual(
        [5, 10, 20, 30].filter(minute => minute * 60 <= foundS),
      );
      const waiting = { fact: () => {}, decide: () => [] };
      const seen: number[] = [];
      play(region, episodes[i]!, waiting, [60, 120], at => seen.push(at));
      expect(seen).toEqual([60, 120]);
    }
  });
});
