/** What the roadside cameras tell: hits, plates misread, and silence, some of it of cameras that are dead and nobody knows. Pure. */
import type { Random } from '#domain/random.ts';
import { angleBetween, bearingDeg, distanceM, segmentDistanceM } from '#road/geo.ts';
import { numberOf } from './chance.ts';
import type { ArenaSighting, ArenaTruthPoint } from './episode.ts';
import type { ArenaCamera } from './region.ts';

const deadShare = 1 / 6;
const recall = 0.85;
/** Episodes in which some camera reads her plate off another car. */
const misreadShare = 0.08;
const seesWithinM = 30;
const seesWithinDeg = 60;

/** Hits and the list of the silent ones, which somebody asks for once some minutes after the alert. */
export function cameraFacts(
  episodeId: string,
  cameras: readonly ArenaCamera[],
  truth: readonly ArenaTruthPoint[],
  random: Random,
): ArenaSighting[] {
  const askedS = random.range(180, 420);
  const leftS = truth.find(({ mode }) => mode === 'driving')?.atS ?? 0;
  const hits: ArenaSighting[] = [];
  const silent: ArenaCamera[] = [];
  cameras.forEach((camera, i) => {
    const chance = (what: string) => numberOf(episodeId, 'camera', i, what);
    const passedS = chance('dead') < deadShare || chance('recall') > recall ? null : passAt(camera, truth);
    const delayS = 40 + 80 * chance('delay');
    const misread = chance('misread') < misreadShare / cameras.length;
    const hit = (what: string, atS: number, receivedS: number) =>
      hits.push({ kind: 'camera', id: `${episodeId}-camera-${i}${what}`, atS, receivedS, ...camera });
    if (passedS !== null) hit('', passedS, Math.max(askedS, passedS + delayS));
    if (misread) hit('-misread', leftS + (600 - leftS) * chance('misreadAt'), Math.max(askedS, 700));
    if (passedS === null || passedS > askedS - 60) silent.push(camera);
  });
  if (silent.length === 0) return hits;
  const silence = {
    kind: 'silence' as const,
    id: `${episodeId}-silence`,
    atS: askedS - 60,
    receivedS: askedS + 1,
    fromS: -3600,
    cameras: silent,
  };
  return [...hits, silence];
}

/** When she first drives through what the camera sees; null if never. */
function passAt(camera: ArenaCamera, truth: readonly ArenaTruthPoint[]): number | null {
  for (let i = 1; i < truth.length; i++) {
    const from = truth[i - 1]!;
    const to = truth[i]!;
    if (from.mode !== 'driving' || Math.abs(from.lat - camera.position[1]) > 0.05) continue;
    const [a, b] = [[from.lng, from.lat] as const, [to.lng, to.lat] as const];
    if (distanceM(a, b) === 0 || segmentDistanceM(a, b, camera.position) > seesWithinM) continue;
    const off = camera.headingDeg === undefined ? 0 : angleBetween(camera.headingDeg, bearingDeg(a, b));
    if (off <= seesWithinDeg) return (from.atS + to.atS) / 2;
  }
  return null;
}
