/** What can be done while she drives, and what to ask next. */
import type { Belief, Picture } from '#locate/belief/index.ts';
import { contain, likelyEdges } from '#locate/contain/index.ts';
import type { Antenna, Fact } from '#locate/fact.ts';
import type { Ground } from '#locate/ground.ts';
import { intercept } from '#locate/intercept/index.ts';
import type { Way } from '#locate/intercept/problem.ts';
import { junctionName } from '#locate/junction.ts';
import type { PlanUnit } from '#locate/plan/index.ts';
import type { Presence } from '#locate/presence.ts';
import { rankQuestions } from '#locate/question/index.ts';
import { questionText } from '#locate/question/words.ts';
import type { LngLat } from '#road/geo.ts';
import { nodePosition } from '#road/graph.ts';
import type { RoadRouter } from '#road/router.ts';
import type { BeliefQuestion, GroundTables } from './protocol.ts';
import type { PlanRecord } from './record.ts';
import { interceptWords } from './words.ts';

export interface Scene {
  ground: Ground;
  router: RoadRouter;
  belief: Belief;
  picture: Picture;
  presence: Presence;
  question: BeliefQuestion;
  facts: readonly Fact[];
  units: readonly PlanUnit[];
  nowS: number;
  antennas: readonly Antenna[];
  /** Those that work, watch a road and were not asked yet. */
  cameras: GroundTables['cameras'];
}

/** While she drives with less than this, units look for her where she may stand. */
const leastDriving = 0.25;
const wayCount = 400;
/** Exits of the area that holds this share of where she may be on the road. */
const containShare = 0.8;
const mostQuestions = 6;

/** Posts on her ways, and units for the exits of where she may be; both empty unless she may well be driving. */
export function moves(scene: Scene): Pick<PlanRecord, 'intercept' | 'containment'> {
  const onTheWay = scene.presence.driving >= leastDriving;
  const ways: Way[] = onTheWay ? scene.belief.driveways(scene.nowS, wayCount) : [];
  // Who has taken a task keeps it.
  const units = scene.units.filter(({ current }) => !current || current.state === 'ordered');
  const drives = ways.length > 0 && units.length > 0;
  return {
    intercept: drives ? posts(scene, ways, units) : [],
    containment: drives ? exits(scene, ways, units) : [],
  };
}

const inMs = ({ question }: Scene, inS: number): string =>
  new Date(question.nowMs + Math.round(inS) * 1000).toISOString();

function posts(scene: Scene, ways: readonly Way[], units: readonly PlanUnit[]): PlanRecord['intercept'] {
  const { router, question } = scene;
  const callsigns = new Map(question.units.map(({ id, callsign }) => [id, callsign]));
  return intercept({ router, ways, units }).posts.map(({ unitId, junction, arriveS, share }) => ({
    unitId,
    position: positionOf(router, junction),
    arriveAt: inMs(scene, arriveS),
    share: Math.min(1, share * scene.presence.driving),
    why: interceptWords(callsigns.get(unitId) ?? unitId, Math.ceil(arriveS / 60), share),
  }));
}

function exits(scene: Scene, ways: readonly Way[], units: readonly PlanUnit[]): PlanRecord['containment'] {
  const { router, picture, ground } = scene;
  const edges = likelyEdges(picture.cell, ground.cellEdge, containShare);
  const held = contain({ router, edges, ways, units });
  return (held?.posts ?? []).map(({ unitId, junction, arriveS }) => ({
    unitId,
    exit: {
      position: positionOf(router, junction),
      name: junctionName(router.graph, junction, 'zh'),
    },
    arriveAt: inMs(scene, arriveS),
  }));
}

function positionOf({ graph }: RoadRouter, junction: number): { lng: number; lat: number } {
  const [lng, lat] = nodePosition(graph, junction);
  return { lng, lat };
}

/** Whom to ask what, the most useful first. */
export function questions(scene: Scene): PlanRecord['questions'] {
  const { ground, router, presence, units, antennas, cameras, question, facts } = scene;
  const ranked = rankQuestions({
    ground,
    router,
    presence,
    units,
    antennas,
    cameras,
    origin: originOf(question),
    plateKnown: question.plateKnown,
    usualPlacesKnown: facts.some(fact => fact.kind === 'report' && fact.usualPlaces.length > 0),
  });
  const names = new Map(cameras.map(({ id, name }) => [id, name]));
  const nameOf = (id: string, lang: 'zh' | 'en'): string => {
    const target = ground.targets[ground.indexOf.get(id) ?? -1];
    return (lang === 'en' ? target?.nameEn : null) ?? target?.name ?? names.get(id) ?? id;
  };
  return ranked.slice(0, mostQuestions).map(each => {
    const text = (lang: 'zh' | 'en') =>
      questionText(
        each,
        each.targetIds.map(id => nameOf(id, lang)),
        lang,
      );
    const { ask, targetIds, gainMin: gain, takesMin, intrusion } = each;
    return { ask, targetIds, gain, takesMin, intrusion, text: { zh: text('zh'), en: text('en') } };
  });
}

/** Where she surely was last, or set off. */
function originOf({ sightings, home }: BeliefQuestion): LngLat | null {
  const seen = sightings.findLast(({ detail }) => detail.kind === 'camera' || detail.kind === 'transaction');
  const at = seen && 'position' in seen.detail ? seen.detail.position : home;
  return at ? [at.lng, at.lat] : null;
}
