/** The simulator's world: crews on patrol, everyday alerts, stories, and what it is told to play. */
import type { CurrentScenario, TrainingResult } from '#contract/simulator.ts';
import type { Random } from '#domain/random.ts';
import { distanceM } from '#road/geo.ts';
import { Autopilot } from './autopilot.ts';
import { Crew, tellCrews } from './crew.ts';
import { debrief } from './debrief.ts';
import { Episode } from './episode.ts';
import { patrol } from './fleet.ts';
import { ordinaryAlert } from './ordinary.ts';
import { planEpisode } from './plan.ts';
import { type Scenario, scenarioById, scenarios } from './scenarios.ts';
import { noticedChance, noticedWithinM } from './search.ts';
import type { Stage } from './stage.ts';
import type { Trip } from './travel.ts';
import type { SimUnit } from './unit.ts';

interface WorldEvents {
  /** What is played now, or whether life goes on, has changed. */
  changed(): void;
  trained(result: TrainingResult): void;
}

const second = 1000;
const minute = 60 * second;
/** The first story begins soon after the start, the next ones when the last should be over. */
const firstStoryMs = 20 * second;
const storyEveryMs = 25 * minute;
const ordinaryEveryMin = [4, 8] as const;
/** A passing crew looks this often. */
const glanceMs = 2 * second;

export class SimWorld {
  readonly stage: Stage;
  /** New alerts come by themselves. */
  life = false;
  readonly #events: WorldEvents;
  readonly #random: Random;
  #played: Episode | null = null;
  #stories = 0;
  /** Counts the times that life was let go on: steps of an earlier life are void. */
  #lives = 0;
  #tellingDue = false;
  readonly #crews: ReadonlyMap<string, Crew>;

  constructor(base: Omit<Stage, 'ordersChanged' | 'watchFor' | 'episodes' | 'alone'>, events: WorldEvents) {
    this.#events = events;
    this.#random = base.random.fork('life');
    this.stage = {
      ...base,
      episodes: new Map(),
      alone: false,
      ordersChanged: () => this.#ordersChanged(),
      watchFor: (unit, trip, fromMs) => this.#watchFor(unit, trip, fromMs),
    };
    const places = new Map(base.region.places.map(place => [place.id, place]));
    this.#crews = new Map(base.fleet.map(unit => [unit.id, new Crew(unit, this.stage, places)]));
  }

  get current(): CurrentScenario | null {
    const played = this.#played;
    return (
      played && {
        scenarioId: played.plan.scenarioId,
        seed: played.plan.seed,
        training: played.training,
        incidentId: played.incidentId === '' ? null : played.incidentId,
        startedAt: new Date(played.startMs).toISOString(),
        humanLeads: played.humanLeads,
      }
    );
  }

  /** Sends the crews on their rounds. */
  goOnPatrol(): void {
    for (const unit of this.stage.fleet) patrol(this.stage, unit);
  }

  /** Everyday life begins or ends: alerts by themselves, and a story each half an hour. */
  setLife(on: boolean): void {
    if (this.life === on) return;
    this.life = on;
    this.#lives++;
    if (on) {
      for (let i = 0; i < 3; i++) this.#inThisLife(i * 5 * second, 'alert', () => this.#ordinary());
      this.#nextOrdinary();
      this.#nextStory(firstStoryMs);
    }
    this.#events.changed();
  }

  /** Plays a scenario now; one that is being played ends before. Throws when there is no such scenario, or no place for it. */
  async play(scenarioId: string, seed: number, training: boolean): Promise<Episode> {
    const scenario = scenarioById(scenarioId);
    if (!scenario) throw new Error(`there is no scenario ${scenarioId}`);
    await this.stop();
    return this.#play(scenario, seed, training);
  }

  /** Ends what is being played, if anything. */
  async stop(): Promise<void> {
    await this.#played?.stop();
  }

  /** People at the desks may have given orders: looked at about once a second. */
  look(): void {
    if (!this.stage.alone) this.#ordersChanged();
  }

  async #play(scenario: Scenario, seed: number, training: boolean): Promise<Episode> {
    const { region, findRoute, say } = this.stage;
    const plan = planEpisode(region, findRoute, scenario, seed);
    if (!plan) throw new Error('this region has no homes or no roads to play on');
    const onOver = (over: Episode) => this.#over(over);
    const episode = new Episode(this.stage, plan, { training, traced: true, onOver });
    this.#played = episode;
    await episode.start(training ? null : new Autopilot(this.stage, false));
    if (plan.elsewhere && !training) this.#handOver(episode);
    if (!this.stage.alone) say(`demo: ${scenario.title.en}, seed ${seed}, incident ${episode.incidentId}`);
    this.#events.changed();
    return episode;
  }

  /** The plain leader hands over once family and carrier have said where she lives. */
  #handOver(episode: Episode): void {
    const atMs = episode.startMs + episode.plan.referenceS * second;
    this.stage.script.at(atMs, 'hand over', () => (episode.humanLeads ? undefined : episode.handOver()));
  }

  #over(episode: Episode): void {
    if (this.#played === episode) this.#played = null;
    this.#events.changed();
    if (!episode.training) return;
    this.stage.script.at(this.stage.now(), 'debrief', async () =>
      this.#events.trained(await debrief(this.stage, episode)),
    );
  }

  #nextStory(inMs: number): void {
    this.#inThisLife(inMs, 'story', async () => {
      this.#nextStory(storyEveryMs);
      if (this.#played) return;
      const seed = ++this.#stories;
      const others = scenarios.filter(({ id }) => id !== 'gravel-road');
      // The first and each third one is the story of the README.
      const scenario = seed % 3 === 1 ? scenarioById('gravel-road')! : others[seed % others.length]!;
      await this.#play(scenario, seed, false);
    });
  }

  #nextOrdinary(): void {
    this.#inThisLife(this.#random.range(...ordinaryEveryMin) * minute, 'alert', async () => {
      this.#nextOrdinary();
      await this.#ordinary();
    });
  }

  async #ordinary(): Promise<void> {
    await ordinaryAlert(this.stage, this.#random);
  }

  #inThisLife(inMs: number, what: string, run: () => Promise<void>): void {
    const life = this.#lives;
    this.stage.script.at(this.stage.now() + inMs, what, async () => {
      if (this.#lives === life && this.life) await run();
    });
  }

  #ordersChanged(): void {
    if (this.#tellingDue) return;
    this.#tellingDue = true;
    this.stage.script.at(this.stage.now() + second, 'crews hear their orders', async () => {
      this.#tellingDue = false;
      await tellCrews(this.stage, this.#crews);
    });
  }

  #watchFor(unit: SimUnit, trip: Trip, fromMs: number): void {
    for (const [incidentId, episode] of this.stage.episodes) {
      const atMs = passes(episode, trip, fromMs);
      if (atMs === undefined) continue;
      const luck = this.stage.random.fork(`glance ${incidentId} ${unit.callsign} ${episode.plan.seed}`);
      if (!luck.chance(noticedChance)) continue;
      this.stage.script.at(atMs, `${unit.callsign} sees her car`, async () => {
        const { at } = unit.where(this.stage.now());
        // It may have been sent elsewhere meanwhile.
        if (distanceM(at, trip.at(atMs).at) < 200) await this.#crews.get(unit.id)?.sees(incidentId);
      });
    }
  }
}

/** When a trip passes within sight of her parked car, or undefined. */
function passes(episode: Episode, trip: Trip, fromMs: number): number | undefined {
  for (let atMs = fromMs; atMs < trip.endsAtMs; atMs += glanceMs) {
    const { at, mode } = episode.stateAt(atMs);
    if (mode === 'parked' && distanceM(at, trip.at(atMs).at) < noticedWithinM) return atMs;
  }
  return undefined;
}
