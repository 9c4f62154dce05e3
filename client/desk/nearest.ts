/** Which units could be there first: asked of the server by road, kept fresh while it is on screen. */
import { useEffect } from 'react';
import type { UnavailableUnit } from '#contract/road.ts';
import { fetchNearest, fetchRoute, type NearestUnit } from '../api/reference.ts';
import type { LngLat } from '../map/scene.ts';
import { useLive } from '../store/live.ts';
import { deskStore, setDesk, useDesk } from './desk-store.ts';
import type { OrderTarget } from './tasks/order.ts';

export interface NearestState {
  to: LngLat;
  /** Null while the first answer is awaited. */
  items: readonly NearestUnit[] | null;
  /** Units that are not offered, with the reason. */
  unavailable: readonly UnavailableUnit[];
  /** The place or segment at `to`, when it was chosen as such: a unit is sent there with one press. */
  target: OrderTarget | null;
  error: unknown;
  /** Ways along the road that have been asked for, by unit. */
  paths: Readonly<Record<string, LngLat[]>>;
  hoveredUnitId: string | null;
}

const limit = 6;
const refreshMs = 10_000;

export function showNearest(to: LngLat, target: OrderTarget | null = null): void {
  setDesk({
    nearest: { to, target, items: null, unavailable: [], error: null, paths: {}, hoveredUnitId: null },
  });
}

/** How the chosen place is to be looked at. */
export function setTargetMethod(method: OrderTarget['method']): void {
  change(nearest => (nearest.target ? { ...nearest, target: { ...nearest.target, method } } : nearest));
}

/** Pointing at a unit shows its way on the map, beside the straight line. */
export function hoverNearest(unitId: string | null): void {
  change(nearest => ({ ...nearest, hoveredUnitId: unitId }));
}

/** Keeps the shown point's list up to date; mounted once by the desk. */
export function useNearestRefresh(): void {
  const to = useDesk(desk => desk.nearest?.to ?? null);
  // A road that is closed or opened changes who is nearest.
  const closures = useLive(live => live.world.closures);
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
  }, [to, closures]);
  const hoveredUnitId = useDesk(desk => desk.nearest?.hoveredUnitId ?? null);
  useEffect(() => {
    if (hoveredUnitId) void loadPath(hoveredUnitId);
  }, [hoveredUnitId]);
}

async function refresh(to: LngLat, signal: AbortSignal): Promise<void> {
  try {
    const { items, unavailable } = await fetchNearest(at(to), limit, signal);
    // Units have moved: the old ways are no longer theirs, but stay until the new ones are there.
    change(nearest => (nearest.to === to ? { ...nearest, items, unavailable, error: null } : nearest));
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
