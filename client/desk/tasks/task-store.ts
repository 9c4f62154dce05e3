/** What the desk knows of the open incident's tasks beyond the live world: their targets, and the ways to them. */
import type { LngLat } from '../../map/scene.ts';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { TaskView } from '../../api/tasks.ts';

/** A unit's way to its task as it was when it was asked for. Instants in ms. */
export interface TaskWay {
  unitId: string;
  path: LngLat[];
  etaAt: number;
}

interface Tasks {
  views: Readonly<Record<string, TaskView>>;
  ways: Readonly<Record<string, TaskWay>>;
}

const nothing: Tasks = { views: {}, ways: {} };
export const taskStore = createStore<Tasks>()(() => nothing);

export const useTaskStore = <T>(select: (tasks: Tasks) => T): T => useStore(taskStore, select);

/** Another incident, or none: what was known of the last one's tasks is over. */
export const forgetTasks = () => taskStore.setState(nothing);
