/** The server's side of the simulator: holds its thread, passes orders on, keeps what trainings brought. Demo mode only. */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { CodedError } from '#contract/errors.ts';
import type {
  ScenarioView,
  SimulatorBody,
  SimulatorView,
  TrainingResult,
  TrainingSummary,
} from '#contract/simulator.ts';
import type { DemoClock } from '../clock.ts';
import type { FromSim, SimOptions, ToSim } from './protocol.ts';
import { scenarioById, scenarios } from './scenarios.ts';

interface SimulatorOptions {
  clock: DemoClock;
  /** One training's result a line, oldest first. */
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

export class Simulator {
  readonly #options: SimulatorOptions;
  #worker: Worker | null = null;
  #world: Omit<Extract<FromSim, { type: 'state' }>, 'type'> = { life: false, current: null, history: null };
  /** The pace to go on with after a pause or a history. */
  #rate = 1;
  #trainings: TrainingResult[];

  constructor(options: SimulatorOptions) {
    this.#options = options;
    this.#trainings = readTrainings(options.trainingFile);
  }

  /** Starts the thread once the server listens. With `historyToMs` it makes a history first; until then the clock stands. */
  async start(options: Omit<SimOptions, 'clock'>): Promise<void> {
    if (options.historyToMs !== undefined) await this.#beginHistory(options.historyToMs);
    const workerData: SimOptions = { ...options, clock: this.#options.clock.shared };
    this.#worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData });
    this.#worker.on('message', (message: FromSim) => this.#hear(message));
    this.#worker.on('error', error => this.#options.say(`demo: the simulator stopped: ${error.message}`));
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
  }

  view(): SimulatorView {
    const { clock } = this.#options;
    const { life, current, history } = this.#world;
    const running = life || current !== null || history !== null;
    return {
      scenarios: scenarios.map(viewOf),
      state: clock.rate === 0 && history === null ? 'paused' : running ? 'running' : 'idle',
      rate: this.#rate,
      demoAt: new Date(clock.now()).toISOString(),
      current,
      history,
      trainings: this.#trainings.map(summaryOf).toReversed(),
    };
  }

  /** The whole result of a training; undefined when there is none of this id. */
  training(id: string): TrainingResult | undefined {
    return this.#trainings.find(result => result.id === id);
  }

  /** Does what a person asks for. Throws invalidBody for an unknown scenario, conflict while a history is being made. */
  async obey(body: SimulatorBody): Promise<SimulatorView> {
    if (this.#world.history)
      throw new CodedError('conflict', 'a history is being made; it takes a minute or two');
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
    if (message.type === 'trained') return this.#keep(message.result);
    if (message.type === 'historyEnded') return this.#endHistory();
    const { type: _, ...world } = message;
    // The thread may not have read the order for a history yet.
    this.#world = { ...world, history: world.history ?? this.#world.history };
  }

  #endHistory(): void {
    this.#world = { ...this.#world, history: null };
    this.#options.onHistoryMade();
    this.#setPace(this.#rate);
  }

  #keep(result: TrainingResult): void {
    this.#trainings.push(result);
    appendFileSync(this.#options.trainingFile, `${JSON.stringify(result)}\n`, { mode: 0o600 });
  }

  #order(order: ToSim): void {
    this.#worker?.postMessage(order);
  }

  #setPace(rate: number): void {
    this.#options.clock.setRate(rate);
    this.#options.onPace();
  }
}

const viewOf = ({
  id,
  title,
  brief,
  risk,
  scamType,
  referenceMinutes,
}: (typeof scenarios)[number]): ScenarioView => ({
  id,
  title,
  brief,
  risk,
  scamType,
  referenceMinutes,
});

const summaryOf = ({
  id,
  scenarioId,
  seed,
  startedAt,
  ending,
  metAfterMinutes,
}: TrainingResult): TrainingSummary => ({
  id,
  scenarioId,
  seed,
  startedAt,
  ending,
  metAfterMinutes,
});

function readTrainings(file: string): TrainingResult[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter(line => line !== '');
  return lines.map(line => JSON.parse(line) as TrainingResult);
}
