/** Which units could be there first: asked of the server by road, kept fresh while it is on screen. */
import { useEffect } from 'react';
import { fetchNearest, fetchRoute, type NearestUnit } from '../api/reference.ts';
import type { LngLat } from '../map/scene.ts';
import { deskStore, setDesk, useDesk } from './desk-store.ts';

export interface NearestState {
  to: LngLat;
  /** Null while the first answer is awaited. */
  items: readonly NearestUnit[] | null;
  error: unknown;
  /** Ways along the road that have been asked for, by unit. */
  paths: Readonly<Record<string, LngLat[]>>;
  hoveredUnitId: string | null;
}

const limit = 6;
const refreshMs = 10_000;

export function showNearest(to: LngLat): void {
  setDesk({ nearest: { to, items: null, error: null, paths: {}, hoveredUnitId: null } });
}

/** Pointing at a unit shows its way on the map, beside the straight line. */
export function hoverNearest(unitId: string | null): void {
  change(nearest => ({ ...nearest, hoveredUnitId: unitId }));
}

/** Keeps the shown point's list up to date; mounted once by the desk. */
export function useNearestRefresh(): void {
  const to = useDesk(desk => desk.nearest?.to ?? null);
  useEffect(() => {
    if (!to) return;
    const abort = new AbortController();
    const load = () => void refresh(to, abort.signal);
    load();
    const timer = setInterval(load, refreshMs);
    return () => {
      abort.abort();
      clearInterval(timer);
    };
  }, [to]);
  const hoveredUnitId = useDesk(desk => desk.nearest?.hoveredUnitId ?? null);
  useEffect(() => {
    if (hoveredUnitId) void loadPath(hoveredUnitId);
  }, [hoveredUnitId]);
}

async function refresh(to: LngLat, signal: AbortSignal): Promise<void> {
  try {
    const items = await fetchNearest(at(to), limit, signal);
    // Units have moved: the old ways are no longer theirs, but stay until the new ones are there.
    change(nearest => (nearest.to === to ? { ...nearest, items, error: null } : nearest));
    const { nearest } = deskStore.getState();
    const shown = new Set([items[0]?.unitId, nearest?.hoveredUnitId]);
    for (const unitId of shown) if (unitId) await loadPath(unitId);
  } catch (error) {
    if (!signal.aborted) change(nearest => (nearest.to === to ? { ...nearest, error } : nearest));
  }
}

async function loadPath(unitId: string): Promise<void> {
  const { nearest } = deskStore.getState();
  const unit = nearest?.items?.find(item => item.unitId === unitId);
  if (!nearest || !unit) return;
  try {
    const { path } = await fetchRoute(unit.position, at(nearest.to));
    change(now => (now.to === nearest.to ? { ...now, paths: { ...now.paths, [unitId]: path } } : now));
  } catch {
    // The list itself stands; without the way the map shows the straight line only.
  }
}

function change(by: (nearest: NearestState) => NearestState): void {
  const { nearest } = deskStore.getState();
  if (nearest) setDesk({ nearest: by(nearest) });
}

const at = ([lng, lat]: LngLat) => ({ lng, lat });
