import { describe, expect, it } from 'vitest';
import type { Target } from '../../server/locate/ground.ts';
import type { PlannedTask } from '../../server/locate/plan/index.ts';
import { survivalOf } from '../../server/locate/plan/survival.ts';
import { taskWords } from '../../server/locate/plan/words.ts';

const target: Target = {
  id: 's1.1',
  kind: 'industrialRoad',
  name: '工业园南路',
  nameEn: 'Industrial Park South Road',
  position: [103.3, 24.8],
  path: null,
  areaHa: null,
};
const task: PlannedTask = {
  target: 0,
  method: 'driveBy',
  arriveS: { p10: 150, p50: 185, p90: 230 },
  travelTimeS: 185,
  serviceS: 120,
  pod: 0.8,
  poa: 0.31,
  pos: 0.25,
  needsSworn: false,
  swornFrom: null,
  nextBest: { unitId: 'u1', arriveS: 540 },
  taken: false,
};
const sentence = {
  task,
  target,
  callsign: '茶口2',
  nextBest: { callsign: '茶口1', arriveS: 540 },
  swornFrom: null,
};

describe('a task in words', () => {
  it('says who goes where, how soon, how likely, and who is next', () => {
    expect(taskWords(sentence)).toEqual({
      zh: '茶口2 → 工业园南路：车巡，3 分钟到，31 % 在那里；次优 茶口1 9 分钟',
      en: '茶口2 → Industrial Park South Road: drive past, 3 min, 31 % there; next best 茶口1 at 9 min',
    });
  });

  it('says so when the arrival is unsure, and when the crew is there', () => {
    const unsure = { ...task, arriveS: { p10: 60, p50: 185, p90: 600 } };
    expect(taskWords({ ...sentence, task: unsure }).zh).toContain('3 分钟到（1 至 10 分钟），');
    const there = { ...task, taken: true, arriveS: { p10: 0, p50: 0, p90: 0 } };
    expect(taskWords({ ...sentence, task: there })).toEqual({
      zh: '茶口2 → 工业园南路：车巡，已到，31 % 在那里',
      en: '茶口2 → Industrial Park South Road: drive past, there now, 31 % there',
    });
  });

  it('says who brings the sworn officer', () => {
    const auxiliaries = { ...task, needsSworn: true };
    expect(taskWords({ ...sentence, task: auxiliaries, swornFrom: '茶口3' }).zh).toMatch(
      /敲门须由 茶口3 民警到场$/,
    );
    expect(taskWords({ ...sentence, task: auxiliaries }).en).toMatch(/no sworn officer in reach/);
  });

  it('never says zero of what is small', () => {
    expect(taskWords({ ...sentence, task: { ...task, poa: 0.004 } }).zh).toContain('<1 % 在那里');
  });
});

describe('survival of the money', () => {
  it('falls from 1, faster the farther the fraud has come', () => {
    const inCall = survivalOf('fakePolice', 'inCall')!;
    const atCardPage = survivalOf('fakePolice', 'atCardPage')!;
    expect(inCall(0)).toBe(1);
    for (const inS of [60, 300, 1200]) {
      expect(atCardPage(inS)).toBeLessThan(inCall(inS));
      expect(inCall(inS)).toBeLessThan(inCall(inS - 30));
    }
    expect(survivalOf('loan', 'unknown')).toBeNull();
  });
});
