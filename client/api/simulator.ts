import type { SimulatorBody, SimulatorView, TrainingResult } from '#contract/simulator.ts';
import { call } from './http.ts';

export const fetchSimulator = (signal?: AbortSignal) =>
  call<SimulatorView>('GET', '/api/simulator', { ...(signal && { signal }) });
export const tellSimulator = (body: SimulatorBody) => call<SimulatorView>('POST', '/api/simulator', { body });
export const fetchTraining = (id: string, signal?: AbortSignal) =>
  call<TrainingResult>('GET', `/api/simulator/trainings/${encodeURIComponent(id)}`, {
    ...(signal && { signal }),
  });
