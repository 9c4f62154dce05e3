/**
 * The county's fixed things, asked for once a version of the region: stations at once, the others when their layer is
 * switched on. What is there stays on the screen until the new version's has come.
 */
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import {
  type Camera,
  type Coverage,
  fetchCameras,
  fetchCoverage,
  fetchPlaces,
  fetchSegments,
  fetchStations,
  fetchUsers,
  type Place,
  type Segment,
  type Station,
  type UserSummary,
} from '../api/reference.ts';
import type { ServedGround } from '../map/scene.ts';
import { useLive } from '../store/live.ts';
import { fetchServedGround } from './served-ground.ts';

export interface Reference {
  stations: readonly Station[];
  places: readonly Place[];
  segments: readonly Segment[];
  cameras: readonly Camera[];
  servedGround: readonly ServedGround[];
  coverage: Coverage | null;
  users: readonly UserSummary[];
}

const empty: Reference = {
  stations: [],
  places: [],
  segments: [],
  cameras: [],
  servedGround: [],
  coverage: null,
  users: [],
};
const store = createStore<Reference>()(() => empty);
const loaders: { [Name in keyof Reference]: () => Promise<Reference[Name]> } = {
  stations: fetchStations,
  places: fetchPlaces,
  segments: fetchSegments,
  cameras: fetchCameras,
  servedGround: fetchServedGround,
  coverage: fetchCoverage,
  users: fetchUsers,
};
/** List → version of the region that it was asked of; null while the log has not told which one is in use. */
const asked = new Map<keyof Reference, string | null>();
const retryMs = 10_000;

export function useReference<T>(select: (reference: Reference) => T): T {
  return useStore(store, select);
}

export const currentReference = (): Reference => store.getState();

/** Loads a list unless it is there or under way, and again when another version of the region is in use. */
export function useReferenceList(name: keyof Reference, wanted: boolean): void {
  const regionId = useLive(live => live.world.region?.id ?? null);
  useEffect(() => {
    if (wanted) void load(name, regionId);
  }, [name, wanted, regionId]);
}

/** For another user or region: what was loaded may not be theirs to see. */
export function forgetReference(): void {
  asked.clear();
  store.setState(empty, true);
}

async function load(name: keyof Reference, regionId: string | null): Promise<void> {
  const known = asked.get(name);
  // The page asks before the stream has told the version: that is the same one.
  if (known === null && regionId !== null) asked.set(name, regionId);
  if (known === null || (known !== undefined && (regionId === null || known === regionId))) return;
  asked.set(name, regionId);
  try {
    const found = await loaders[name]();
    if (isStillAsked(name, regionId)) store.setState({ [name]: found });
  } catch {
    if (!isStillAsked(name, regionId)) return;
    asked.delete(name);
    setTimeout(() => void load(name, regionId), retryMs);
  }
}

/** Not forgotten meanwhile, and no newer version asked for. */
function isStillAsked(name: keyof Reference, regionId: string | null): boolean {
  const now = asked.get(name);
  return now !== undefined && (now === regionId || regionId === null);
}
