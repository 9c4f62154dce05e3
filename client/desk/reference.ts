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

const store = createStore<Reference>()(() => ({ stations: [], places: [], segments: [], cameras: [], users: [] }));
const asked = new Set<keyof Reference>();
const retryMs = 10_000;

export function useReference<T>(select: (reference: Reference) => T): T {
  return useStore(store, select);
}

/** Loads a list unless it is there or under way. `bbox` bounds those that are asked for by area. */
export function useReferenceList(name: keyof Reference, wanted: boolean, bbox: readonly number[] | null): void {
  useEffect(() => {
    if (wanted) void load(name, bbox);
  }, [name, wanted, bbox]);
}

/** For another user or region: what was loaded may not be theirs to see. */
export function forgetReference(): void {
  asked.clear();
  store.setState({ stations: [], places: [], segments: [], cameras: [], users: [] });
}

async function load(name: keyof Reference, bbox: readonly number[] | null): Promise<void> {
  if (asked.has(name)) return;
  const loaders = {
    stations: fetchStations,
    places: () => fetchPlaces(bbox ?? []),
    segments: () => fetchSegments(bbox ?? []),
    cameras: fetchCameras,
    users: fetchUsers,
  };
  asked.add(name);
  try {
    store.setState({ [name]: await loaders[name]() });
  } catch {
    asked.delete(name);
    setTimeout(() => void load(name, bbox), retryMs);
  }
}
