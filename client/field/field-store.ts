/** What the field page knows: the unit that one rides with, its tasks, and what happened to them meanwhile. */
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { TaskView } from '../api/tasks.ts';
import { isRecord } from '../app/kept.ts';
import { keepOnPhone, keptOnPhone } from './keep.ts';
import type { Known, News } from './news.ts';
import { keepTasks, keptTasks } from './offline.ts';

export interface FieldState {
  /** Null: not chosen yet. */
  unitId: string | null;
  /** The unit's tasks as the server last told; null before it did. */
  tasks: readonly TaskView[] | null;
  known: Known;
  news: readonly News[];
}

const nothing: FieldState = { unitId: null, tasks: null, known: null, news: [] };
export const fieldStore = createStore<FieldState>()(() => nothing);

export const useField = <T>(select: (state: FieldState) => T): T => useStore(fieldStore, select);

const nameOf = (userId: string) => `crew.${userId}`;

/** Brings back what this person last chose on this phone, and what he has not read yet. */
export function openField(userId: string): void {
  const kept = keptOnPhone(nameOf(userId));
  const { unitId, known, news } = isRecord(kept) ? (kept as Partial<FieldState>) : {};
  const tasks = keptTasks(unitId ?? null);
  fieldStore.setState({ tasks, unitId: unitId ?? null, known: known ?? null, news: news ?? [] }, true);
}

/** Changes the state; what must outlive a reload is kept. */
export function setField(userId: string, change: Partial<FieldState>): void {
  fieldStore.setState(change);
  const { unitId, known, news } = fieldStore.getState();
  keepOnPhone(nameOf(userId), { unitId, known, news });
  if (change.tasks && unitId !== null) keepTasks(unitId, change.tasks);
}

/** Another crew: its tasks are new, and nothing of the last one's is. */
export function rideWith(userId: string, unitId: string | null): void {
  if (fieldStore.getState().unitId === unitId) return;
  setField(userId, { ...nothing, unitId });
}
