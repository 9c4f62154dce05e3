/** What the server's thread and the simulator's say to each other. Everything else goes over the public interface. */
import type { CurrentScenario, TrainingResult } from '#contract/simulator.ts';
import type { BegunTraining } from './training-log.ts';

/** What the simulator's thread is started with. */
export interface SimOptions {
  baseUrl: string;
  /** Folder of the current region (reference data and road graph). */
  regionDir: string;
  /** File where the demo's devices keep their tokens. */
  deviceFile: string;
  /** The demo's clock (`DemoClock.attach`). */
  clock: SharedArrayBuffer;
  seed: number;
  /** Trainings that the end of the last server cut short: to be told of. */
  interrupted: BegunTraining[];
  /**
   * Make a history from the clock's time to this instant (ms), and on to the machine's time when it is made, before
   * everyday life begins.
   */
  historyToMs?: number;
}

export type ToSim =
  | { type: 'play'; scenarioId: string; seed: number; training: boolean }
  | { type: 'life'; on: boolean }
  | { type: 'stop' }
  | { type: 'history'; toMs: number };

export interface HistoryProgress {
  fromAt: string;
  toAt: string;
  incidents: number;
}

export type FromSim =
  | { type: 'say'; line: string }
  /** What is played now has changed. */
  | { type: 'state'; life: boolean; current: CurrentScenario | null; history: HistoryProgress | null }
  /** The clock is the server's again. */
  | { type: 'historyEnded' }
  | { type: 'trained'; result: TrainingResult };
