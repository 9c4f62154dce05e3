/** What the person at this desk is doing: nothing of it is known to the server. */
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { defaultSwitches, type LayerSwitches, type LngLat, type MapSelection } from '../map/scene.ts';
import type { NearestState } from './nearest.ts';

/** What a click on the map means now. */
export type MapMode =
  | { kind: 'browse' }
  | { kind: 'measure' }
  /** Some form waits for a point; with `place` also for a place or segment. */
  | { kind: 'pick'; onPick: (picked: Picked) => void };

export interface Picked {
  position: LngLat;
  target?: { kind: 'place' | 'segment'; id: string };
}

export interface Desk {
  mode: MapMode;
  selection: MapSelection | null;
  switches: LayerSwitches;
  /** The point or incident whose nearest units are shown. */
  nearest: NearestState | null;
  followedUnitId: string | null;
  panel: 'layers' | 'legend' | null;
  dialog: 'help' | 'alert' | 'import' | 'palette' | null;
  /** Where a road is about to be closed: the reason is asked for. */
  closingAt: LngLat | null;
  /** What has just been done, shown for a moment. */
  done: string | null;
}

export const deskStore = createStore<Desk>()(() => ({
  mode: { kind: 'browse' },
  selection: null,
  switches: defaultSwitches,
  nearest: null,
  followedUnitId: null,
  panel: null,
  dialog: null,
  closingAt: null,
  done: null,
}));

export function useDesk<T>(select: (desk: Desk) => T): T {
  return useStore(deskStore, select);
}

export const setDesk = (change: Partial<Desk>) => deskStore.setState(change);

/** Asks the person at the desk for a point on the map; a click answers, Esc gives up. */
export function pickOnMap(onPick: (picked: Picked) => void): void {
  setDesk({ mode: { kind: 'pick', onPick } });
}

const doneForMs = 4000;

/** Says for a moment that something worked, where it is not to be seen otherwise. */
export function sayDone(text: string): void {
  setDesk({ done: text });
  setTimeout(() => deskStore.getState().done === text && setDesk({ done: null }), doneForMs);
}

export function togglePanel(panel: NonNullable<Desk['panel']>): void {
  setDesk({ panel: deskStore.getState().panel === panel ? null : panel });
}

/** Leaves the innermost thing that is going on; false when there was nothing to leave. */
export function escape(): boolean {
  const { mode, panel, nearest, selection, followedUnitId } = deskStore.getState();
  if (mode.kind !== 'browse') setDesk({ mode: { kind: 'browse' } });
  else if (panel) setDesk({ panel: null });
  else if (nearest) setDesk({ nearest: null });
  else if (selection) setDesk({ selection: null });
  else if (followedUnitId) setDesk({ followedUnitId: null });
  else return false;
  return true;
}
