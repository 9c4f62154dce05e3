/** The county's fixed things, asked for once a page: stations at once, the others when their layer is switched on. */
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import {
  type Camera,
  fetchCameras,
  fetchPlaces,
  fetchSegments,
  fetchStations,
  fetchUsers,
  type Place,
  type Segment,
  type Station,
  type UserSummary,
} from '../api/reference.ts';

export interface Reference {
  stations: readonly Station[];
  places: readonly Place[];
  segments: readonly Segment[];
  cameras: readonly Camera[];
  users: readonly UserSummary[];
}

const store = createStore<Reference>()(() => ({
  stations: [],
  places: [],
  segments: [],
  cameras: [],
  users: [],
}));
const asked = new Set<keyof Reference>();
const retryMs = 10_000;

export function useReference<T>(select: (reference: Reference) => T): T {
  return useStore(store, select);
}

export const currentReference = (): Reference => store.getState();

/** Loads a list unless it is there or under way. */
export function useReferenceList(name: keyof Reference, wanted: boolean): void {
  useEffect(() => {
    if (wanted) void load(name);
  }, [name, wanted]);
}

/** For another user or region: what was loaded may not be theirs to see. */
export function forgetReference(): void {
  asked.clear();
  store.setState({ stations: [], places: [], segments: [], cameras: [], users: [] });
}

async function load(name: keyof Reference): Promise<void> {
  if (asked.has(name)) return;
  const loaders = {
    stations: fetchStations,
    places: fetchPlaces,
    segments: fetchSegments,
    cameras: fetchCameras,
    users: fetchUsers,
  };
  asked.add(name);
  try {
    store.setState({ [name]: await loaders[name]() });
  } catch {
    asked.delete(name);
    setTimeout(() => void load(name), retryMs);
  }
}
