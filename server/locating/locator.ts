/** What the thread knows: the ground, and one belief for each incident. */
import { Belief } from '#locate/belief/index.ts';
import { buildGround } from '#locate/ground/build.ts';
import type { Ground } from '#locate/ground.ts';
import { planSearch, type PlanUnit, type SearchPlan } from '#locate/plan/index.ts';
import type { Snap } from '#road/access.ts';
import type { RoadFile } from '#road/file.ts';
import type { LngLat } from '#road/geo.ts';
import { RoadRouter } from '#road/router.ts';
import { hourOf } from '#road/speeds.ts';
import { coverageOf } from '../region/coverage.ts';
import { zOrder } from './cells.ts';
import { camerasAsked, factsOf, silences } from './facts.ts';
import { moves, questions, type Scene } from './moves.ts';
import { plannedTargets, planRecord, planUnit } from './plan-record.ts';
import { posteriorRecord } from './posterior-record.ts';
import { scriptPriors } from './priors.ts';
import { rehearsal } from './rehearsal.ts';
import { fleetPart, type Stake, stakeOf } from './sharing.ts';
import type { BeliefAnswer, BeliefQuestion, ClosedRoads, FromLocator, GroundTables } from './protocol.ts';
import { pack, type PlanRecord } from './record.ts';

/** The longest curve that may be asked for. */
const horizonMin = 120;
/** Beliefs of more incidents than these are made anew when they are asked for again. */
const mostBeliefs = 24;
/** So long the ranking of questions holds while nothing new is known. */
const questionsForMs = 120_000;

interface Region {
  ground: Ground;
  order: Uint32Array;
  tables: GroundTables;
  /** Cameras that watch a road. */
  watching: ReadonlySet<string>;
  /** Stations, where roads lead to them. */
  wards: { id: string; at: Snap }[];
}

interface Kept {
  /** Of everything but the facts. */
  key: string;
  belief: Belief;
  /** What to ask next, as it was ranked when this was known. */
  questions: { key: string; atMs: number; ranked: PlanRecord['questions'] } | null;
  /** What each unit was to do first, by the last plan from the same facts. */
  suggested: Suggestions | null;
}

interface Suggestions {
  /** Of the facts. */
  key: string;
  atMs: number;
  first: ReadonlyMap<string, NonNullable<PlanUnit['suggested']>>;
}

type TargetAnswer = Extract<FromLocator, { type: 'target' }>['target'];

export class Locator {
  readonly #file: RoadFile;
  #open: RoadRouter;
  #closed: { key: string; router: RoadRouter };
  #region: Region | null = null;
  /** In the order of their last use. */
  readonly #beliefs = new Map<string, Kept>();
  /** What the incidents that were worked out last have at stake, in each other's plans. */
  readonly #stakes = new Map<string, Stake>();

  constructor(file: RoadFile) {
    this.#file = file;
    this.#open = new RoadRouter(file.graph, file.hierarchy);
    this.#closed = { key: '', router: this.#open };
  }

  setGround(tables: GroundTables): void {
    const { graph } = this.#open;
    const ground = buildGround(graph, tables);
    const { watched } = coverageOf(graph, tables.cameras);
    const watching = new Set(watched.map(({ cameraId }) => cameraId));
    const wards = tables.stations.flatMap(({ id, position }) => {
      const at = this.#open.snap(position);
      return at ? [{ id, at }] : [];
    });
    this.#region = { ground, order: zOrder(ground), tables, watching, wards };
    this.#beliefs.clear();
    this.#stakes.clear();
  }

  /** Crews drive at these speeds from now on; null: at those of the file. What she believes of roads stays as it is. */
  setRoad(road: RoadFile | null): void {
    const { graph, hierarchy } = road ?? this.#file;
    this.#open = new RoadRouter(graph, hierarchy);
    this.#closed = { key: '', router: this.#open };
  }

  /** Throws when no ground was set. */
  answer(question: BeliefQuestion): Omit<BeliefAnswer, 'tookMs'> {
    const { ground, order, wards } = this.#requireRegion();
    const scene = this.#sceneOf(question);
    const { router, presence, nowS } = scene;
    const options = { horizonMin, seed: seedOf(question.incidentId) };
    const part = fleetPart(scene, this.#stakes.values(), wards);
    this.#stakes.set(question.incidentId, stakeOf(scene));
    const plan = planSearch({ ground, router, presence, units: part.units, nowS, options });
    this.#beliefs.get(question.incidentId)!.suggested = {
      key: factsKey(question),
      atMs: question.nowMs,
      first: firstOf(plan),
    };
    const posterior = posteriorRecord({ ...scene, order }, plannedTargets(plan));
    const likeliest = ground.indexOf.get(posterior.places[0]?.placeId ?? '');
    const ours = { ...scene, units: part.units };
    const troubles: string[] = [];
    const extras = {
      ...attempt(() => moves(ours), { intercept: [], containment: [] }, troubles),
      questions: attempt(() => this.#questions(ours), [], troubles),
    };
    return {
      posterior: pack(posterior),
      plan: pack(planRecord({ ground, router, question, plan, likeliest, withheld: part.withheld }, extras)),
      restOfWorld: posterior.restOfWorld,
      entropyBits: posterior.entropyBits,
      troubles,
    };
  }

  /**
   * Answers made-up questions, one a step, until there are no more: the first answers take many times as long as later
   * ones. They leave nothing behind that another answer would depend on.
   */
  *rehearse(): Generator<void> {
    const { tables } = this.#requireRegion();
    const asked = rehearsal(tables, this.#open);
    try {
      for (const question of asked) {
        this.answer(question);
        yield;
      }
    } finally {
      for (const { incidentId } of asked) this.forget(incidentId);
    }
  }

  target(id: string): TargetAnswer {
    const { ground } = this.#requireRegion();
    const index = ground.indexOf.get(id);
    return index === undefined ? null : { ...ground.targets[index]!, lengthM: ground.lengthM[index]! };
  }

  forget(incidentId: string): void {
    this.#beliefs.delete(incidentId);
    this.#stakes.delete(incidentId);
  }

  #requireRegion(): Region {
    if (!this.#region) throw new Error('expected the ground before the first question');
    return this.#region;
  }

  #routerFor({ edges, darts }: ClosedRoads): RoadRouter {
    const key = [edges, darts].map(list => list.toSorted((a, b) => a - b).join()).join('/');
    if (this.#closed.key !== key)
      this.#closed = { key, router: this.#open.closing(new Set(edges), new Set(darts)) };
    return this.#closed.router;
  }

  /** What is believed at the question's moment. */
  #sceneOf(question: BeliefQuestion): Scene {
    const { ground, tables, watching } = this.#requireRegion();
    const { openedAtMs: epochMs, nowMs, sightings, plateKnown } = question;
    const router = this.#routerFor(question.closed);
    const { belief, suggested } = this.#keptFor(question, router);
    // Only time has passed: what stands on the screen stays unless another look is clearly better.
    const holds = suggested?.key === factsKey(question) && suggested.atMs < nowMs;
    const down = new Set(question.downCameraIds);
    const cameras = tables.cameras.filter(({ id }) => watching.has(id) && !down.has(id));
    const asked = camerasAsked(sightings, plateKnown);
    const facts = [
      ...factsOf(sightings, ground, epochMs),
      ...(asked ? silences(sightings, cameras, { epochMs, nowMs }) : []),
    ];
    const nowS = (nowMs - epochMs) / 1000;
    belief.setFacts(facts);
    return {
      question,
      ground,
      router,
      belief,
      facts,
      nowS,
      picture: belief.picture(nowS),
      presence: belief.presence(nowS),
      units: question.units.map(unit =>
        planUnit(ground, question, unit, holds ? suggested.first.get(unit.id) : undefined),
      ),
      antennas: tables.antennas,
      cameras: asked ? [] : cameras,
    };
  }

  /** What to ask next: ranked anew for new facts and other units, and now and then. It takes as long as all the rest. */
  #questions(scene: Scene): PlanRecord['questions'] {
    const { incidentId, nowMs, sightings, units } = scene.question;
    const kept = this.#beliefs.get(incidentId)!;
    const key = JSON.stringify([sightings.map(({ id }) => id), units.map(({ id }) => id)]);
    if (kept.questions?.key !== key || Math.abs(nowMs - kept.questions.atMs) >= questionsForMs)
      kept.questions = { key, atMs: nowMs, ranked: questions(scene) };
    return kept.questions.ranked;
  }

  /** The belief that was made of the same subject, roads and priors, or a new one. */
  #keptFor(question: BeliefQuestion, router: RoadRouter): Kept {
    const { ground, tables } = this.#requireRegion();
    const { incidentId, scamType, home, openedAtMs } = question;
    const priors = scriptPriors(question.priors);
    const key = JSON.stringify([scamType, home, openedAtMs, this.#closed.key, priors[scamType]]);
    const had = this.#beliefs.get(incidentId);
    this.#beliefs.delete(incidentId);
    const subject = {
      scamType,
      home: home && ([home.lng, home.lat] as LngLat),
      hour: hourOf(openedAtMs).hour,
      seed: seedOf(incidentId),
    };
    const kept: Kept =
      had?.key === key
        ? had
        : {
            key,
            belief: new Belief(ground, { subject, antennas: tables.antennas, router, priors }),
            questions: null,
            suggested: null,
          };
    this.#beliefs.set(incidentId, kept);
    for (const id of this.#beliefs.keys()) {
      if (this.#beliefs.size <= mostBeliefs) break;
      this.forget(id);
    }
    return kept;
  }
}

const factsKey = ({ sightings }: BeliefQuestion): string => sightings.map(({ id }) => id).join();

/** The first look of each unit that nobody has been told of yet. */
function firstOf({ routes }: SearchPlan): Suggestions['first'] {
  return new Map(
    routes.flatMap(({ unitId, tasks: [first] }) =>
      first && !first.taken ? [[unitId, { target: first.target, method: first.method }] as const] : [],
    ),
  );
}

/** What is only of use beside the plan must not take the plan with it. */
function attempt<T>(work: () => T, none: T, troubles: string[]): T {
  try {
    return work();
  } catch (error) {
    troubles.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return none;
  }
}

/** The same for the same incident, so that whoever works it out again comes to the same answer. */
function seedOf(incidentId: string): number {
  let hash = 0x811c9dc5;
  for (const letter of incidentId) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193);
  return hash >>> 0;
}
