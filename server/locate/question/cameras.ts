/** What roadside cameras would say: whether her plate passed, and where it was read last. */
import { distanceM, type LngLat } from '#road/geo.ts';
import type { RoadRouter, Waypoint } from '#road/router.ts';
import { defaultModel } from '../belief/model.ts';
import { type Ask, largest, massAt, type Scene, withOther } from './ask.ts';

export interface AskableCamera {
  id: string;
  name: string;
  position: LngLat;
}

/** She drives past a camera on the quickest way so often: people have ways of their own. An assumption, not a count. */
const quickestWay = 0.6;
/** A way over a camera that is longer than the quickest one by this is taken e times as seldom. */
const detourS = 45;
/** Only crossings that tell her places apart are weighed, so many. */
const mostCrossings = 8;
/** Cameras so near to each other watch one crossing. */
const crossingM = 60;

/** Cameras that stand together, one for each arm of a junction, and are asked together. */
interface Crossing {
  cameraIds: string[];
  /** The first of them, which tells where it is. */
  camera: AskableCamera;
}

export interface Passing {
  crossings: readonly Crossing[];
  /** Crossings × places: how likely she passed the crossing, and was read, on the way to the place. */
  read: Float32Array[];
  /** Seconds from where she began. */
  reachedS: Float64Array;
}

/** From where she began (her home, or where she was surely seen last) over each crossing to each place. */
export function passingOf(
  { ground, field }: Scene,
  router: RoadRouter,
  origin: LngLat,
  cameras: readonly AskableCamera[],
): Passing {
  const snaps = field.targets.map(target => ground.targetSnap[target]!);
  const crossings = crossingsOf(cameras);
  const corners = crossings.map(({ camera }) => placeOf(camera, router));
  const fromOrigin = router.matrix([origin], [...corners, ...snaps]);
  const onward = router.matrix(corners, snaps);
  const read = crossings.map((_, c) =>
    Float32Array.from(snaps, (__, place) => {
      const directS = fromOrigin[crossings.length + place]!;
      const overS = fromOrigin[c]! + onward[c * snaps.length + place]!;
      if (!Number.isFinite(directS) || !Number.isFinite(overS)) return 0;
      return quickestWay * defaultModel.cameraRecall * Math.exp(-Math.max(0, overS - directS) / detourS);
    }),
  );
  return { crossings, read, reachedS: fromOrigin.slice(0, crossings.length) };
}

function crossingsOf(cameras: readonly AskableCamera[]): Crossing[] {
  const crossings: Crossing[] = [];
  for (const camera of cameras) {
    const { id, position } = camera;
    const near = crossings.find(crossing => distanceM(crossing.camera.position, position) < crossingM);
    if (near) near.cameraIds.push(id);
    else crossings.push({ cameraIds: [id], camera });
  }
  return crossings;
}

/** Where cameras stand on the road: always the same snap, so that the router knows it again. */
const places = new WeakMap<AskableCamera, Waypoint>();

function placeOf(camera: AskableCamera, router: RoadRouter): Waypoint {
  const place = places.get(camera) ?? router.snap(camera.position) ?? camera.position;
  places.set(camera, place);
  return place;
}

/** One question for each of the crossings that tell most. */
export function cameraAsks({ field }: Scene, { crossings, read }: Passing, takesS: number): Ask[] {
  const mass = massAt(field, takesS);
  const total = mass.reduce((sum, each) => sum + each, 0);
  const spread = read.map(row => {
    let mean = 0;
    let square = 0;
    row.forEach((share, place) => {
      mean += (share * mass[place]!) / total;
      square += (share ** 2 * mass[place]!) / total;
    });
    return square - mean ** 2;
  });
  return largest(spread, mostCrossings).map(c => ({
    ask: 'camera',
    targetIds: crossings[c]!.cameraIds,
    answers: withOther([read[c]!], field.targets.length),
  }));
}

/** What she drives: then all cameras can be asked at once, and the answer is the crossing that read her last. */
export function vehicleAsk({ field }: Scene, { crossings, read, reachedS }: Passing): Ask {
  const order = [...crossings.keys()].sort((a, b) => reachedS[b]! - reachedS[a]! || a - b);
  const unread = new Float32Array(field.targets.length).fill(1);
  const answers = order.map(c =>
    read[c]!.map((share, place) => {
      const last = unread[place]! * share;
      unread[place]! -= last;
      return last;
    }),
  );
  const telling = answers.filter(answer => answer.some(share => share > 0.01));
  return { ask: 'vehicle', targetIds: [], answers: withOther(telling, field.targets.length) };
}
