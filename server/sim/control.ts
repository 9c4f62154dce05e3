/** The server's side of the simulator: holds its thread, passes orders on, keeps what trainings brought. Demo mode only. */
import { Worker } from 'node:worker_threads';
import { CodedError } from '#contract/errors.ts';
import {
  type CurrentScenario,
  scenarioViewSchema,
  type SimulatorBody,
  type SimulatorView,
  type TrainingResult,
  trainingSummarySchema,
} from '#contract/simulator.ts';
import type { DemoClock } from '../clock.ts';
import type { FromSim, SimOptions, ToSim } from './protocol.ts';
import { scenarioById, scenarios } from './scenarios.ts';
import { TrainingLog } from './training-log.ts';

interface SimulatorOptions {
  clock: DemoClock;
  /** Where trainings are kept (`TrainingLog`). */
  trainingFile: string;
  say: (line: string) => void;
  /** The clock's pace has changed: screens want to know. */
  onPace(): void;
  /** A history up to `toMs` is about to be made. */
  onHistory(toMs: number): Promise<void>;
  onHistoryMade(): void;
}

const dayMs = 86_400_000;
const defaultHistoryDays = 7;
const scenarioViews = scenarios.map(scenario => scenarioViewSchema.parse(scenario));
type World = Omit<Extract<FromSim, { type: 'state' }>, 'type'>;
const nothing: World = { life: false, current: null, history: null };

export class Simulator {
  readonly #options: SimulatorOptions;
  #worker: Worker | null = null;
  #world: World = nothing;
  /** The pace to go on with after a pause or a history. */
  #rate = 1;
  readonly #trainings: TrainingLog;

  constructor(options: SimulatorOptions) {
    this.#options = options;
    this.#trainings = new TrainingLog(options.trainingFile);
  }

  /** Starts the thread once the server listens. With `historyToMs` it makes a history first; until then the clock stands. */
  async start(options: Omit<SimOptions, 'clock' | 'interrupted'>): Promise<void> {
    if (options.historyToMs !== undefined) await this.#beginHistory(options.historyToMs);
    const { clock } = this.#options;
    const workerData: SimOptions = { ...options, clock: clock.shared, interrupted: this.#trainings.open };
    this.#worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData });
    this.#worker.on('message', (message: FromSim) => this.#hear(message));
    this.#worker.on('error', error => this.#broke(error));
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
  }

  view(): SimulatorView {
    const { clock } = this.#options;
    const { life, current, history } = this.#world;
    const running = life || current !== null || history !== null;
    return {
      scenarios: scenarioViews,
      state: clock.rate === 0 && history === null ? 'paused' : running ? 'running' : 'idle',
      rate: this.#rate,
      demoAt: new Date(clock.now()).toISOString(),
      current,
      history,
      trainings: this.#trainings.results.map(result => trainingSummarySchema.parse(result)).toReversed(),
    };
  }

  /** The whole result of a training; undefined when there is none of this id. */
  training(id: string): TrainingResult | undefined {
    return this.#trainings.results.find(result => result.id === id);
  }

  /**
   * Does what a person asks for. Throws invalidBody for an unknown scenario; conflict while a history is being made, and
   * for a history while somebody trains.
   */
  async obey(body: SimulatorBody): Promise<SimulatorView> {
    if (this.#world.history)
      throw new CodedError('conflict', 'a history is being made; it takes a minute or two');
    if (body.action === 'history' && this.#world.current?.training)
      throw new CodedError('conflict', 'a training is under way; stop it before days pass');
    if (body.scenario !== undefined && !scenarioById(body.scenario)) {
      const known = scenarios.map(({ id }) => id).join(', ');
      throw new CodedError('invalidBody', `body field scenario: expected one of ${known}`);
    }
    if (body.rate !== undefined) this.#rate = body.rate;
    if (body.action === 'pause') this.#setPace(0);
    else if (body.action === 'rate' && this.#options.clock.rate === 0) return this.view();
    else if (body.action !== 'history') this.#setPace(this.#rate);
    await this.#pass(body);
    return this.view();
  }

  async #pass({ action, scenario, seed, training = false, days = defaultHistoryDays }: SimulatorBody) {
    const nowMs = this.#options.clock.now();
    if (action === 'stop') this.#order({ type: 'stop' });
    if (action === 'start' && scenario === undefined) this.#order({ type: 'life', on: true });
    if (action === 'start' && scenario !== undefined) {
      const chosen = seed ?? Math.floor(nowMs / 1000) % 10_000;
      this.#order({ type: 'play', scenarioId: scenario, seed: chosen, training });
    }
    if (action === 'history') {
      const toMs = nowMs + days * dayMs;
      await this.#beginHistory(toMs);
      this.#order({ type: 'history', toMs });
    }
  }

  /** From here the simulator moves the clock, until it says that the history is made. */
  async #beginHistory(toMs: number): Promise<void> {
    await this.#options.onHistory(toMs);
    const fromAt = new Date(this.#options.clock.now()).toISOString();
    this.#world = {
      ...this.#world,
      history: { fromAt, toAt: new Date(toMs).toISOString(), incidents: 0 },
    };
    this.#setPace(0);
  }

  #hear(message: FromSim): void {
    if (message.type === 'say') return this.#options.say(message.line);
    if (message.type === 'trained') return this.#trainings.keep(message.result);
    if (message.type === 'historyEnded') return this.#endHistory();
    const { type: _, ...world } = message;
    if (world.current) this.#noteTraining(world.current);
    // The thread may not have read the order for a history yet.
    this.#world = { ...world, history: world.history ?? this.#world.history };
  }

  #endHistory(): void {
    this.#world = { ...this.#world, history: null };
    this.#options.onHistoryMade();
    this.#setPace(this.#rate);
  }

  /** So that the next start knows of it if this one ends before the training does. */
  #noteTraining({ training, scenarioId, seed, startedAt, incidentId }: CurrentScenario): void {
    if (training && incidentId !== null) this.#trainings.keep({ scenarioId, seed, startedAt, incidentId });
  }

  /** Without its thread nothing is played, but the server's time must go on. */
  #broke(error: Error): void {
    this.#options.say(`demo: the simulator stopped: ${error.message}`);
    if (this.#world.history) this.#endHistory();
    this.#world = nothing;
  }

  #order(order: ToSim): void {
    this.#worker?.postMessage(order);
  }

  #setPace(rate: number): void {
    this.#options.clock.setRate(rate);
    this.#options.onPace();
  }
}
