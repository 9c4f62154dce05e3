/** One key for what is done often. Keys are not taken while something is being typed or a dialog is open. */
import type { WorldIncident } from '#domain/world.ts';
import { useEffect } from 'react';
import { deskPath, navigate, pageAt } from '../app/router.ts';
import { liveStore } from '../store/live.ts';
import { queue } from '../store/selectors.ts';
import { claimedKey, keyName } from './claimed-keys.ts';
import { deskStore, escape, setDesk, togglePanel } from './desk-store.ts';
import { locateStore, shown } from './locate/locate-store.ts';
import { leavePast } from './locate/past.ts';
import { believedExtent } from './locate/to-map.ts';
import type { MapVerbs } from './map-view-context.ts';
import { showNearest } from './nearest.ts';
import { useReference } from './reference.ts';
import { incidentExtent, incidentPosition } from './scene.ts';

export function useShortcuts(map: MapVerbs, mayAlert: boolean): void {
  const { stations, places } = useReference(reference => reference);
  useEffect(() => {
    const keys: Record<string, () => void> = {
      '/': () => document.querySelector<HTMLInputElement>('#search')?.focus(),
      j: () => step(1),
      k: () => step(-1),
      ']': () => step(1),
      '[': () => step(-1),
      f: () => map.fitRegion(),
      m: () =>
        setDesk({ mode: { kind: deskStore.getState().mode.kind === 'measure' ? 'browse' : 'measure' } }),
      l: () => togglePanel('layers'),
      n: () => {
        const incident = currentIncident();
        const position = incident && incidentPosition(incident, stations);
        if (position) showNearest(position);
      },
      c: () => {
        const incident = currentIncident();
        const posterior = shown(locateStore.getState())?.posterior;
        const believed = posterior ? believedExtent(posterior) : [];
        if (incident) map.fit([...incidentExtent(incident, stations, places), ...believed]);
      },
      '?': () => setDesk({ dialog: 'help' }),
      // Buttons that show their key, wherever they stand.
      p: () => press('p'),
      y: () => press('y'),
      s: () => press('s'),
      u: () => press('u'),
      t: () => document.querySelector<HTMLElement>('[data-key="t"]')?.focus(),
      ...(mayAlert && { a: () => setDesk({ dialog: 'alert' }) }),
      Escape: () => void (leavePast() || escape()),
    };
    const onKey = (pressed: KeyboardEvent) => {
      const action = claimedKey(pressed) ?? keys[keyName(pressed)];
      if (!action || pressed.ctrlKey || pressed.metaKey || pressed.altKey || isTaken(pressed)) return;
      pressed.preventDefault();
      pressed.stopPropagation();
      action();
    };
    // Before the focused list, which would take letters for a search by name.
    document.addEventListener('keydown', onKey, { capture: true });
    return () => document.removeEventListener('keydown', onKey, { capture: true });
  }, [map, mayAlert, stations, places]);
}

/** Presses the first button that answers to a key now. */
function press(key: string): void {
  document.querySelector<HTMLButtonElement>(`[data-key="${key}"] button:enabled`)?.click();
}

/** The incident above or below the one that is open; the first when none is. */
function step(by: 1 | -1): void {
  const list = queue(liveStore.getState().world.incidents);
  const at = list.findIndex(({ id }) => id === currentId());
  const next = at < 0 ? list[0] : list[Math.max(0, Math.min(list.length - 1, at + by))];
  if (next) navigate(deskPath(next.id));
}

function currentIncident(): WorldIncident | undefined {
  return liveStore.getState().world.incidents[currentId() ?? ''];
}

function currentId(): string | null {
  const page = pageAt(location.pathname);
  return page.name === 'desk' ? page.incidentId : null;
}

function isTaken({ target }: KeyboardEvent): boolean {
  const typing =
    target instanceof Element &&
    target.closest('input:not([type="range"]), textarea, select, [contenteditable="true"]');
  return (
    Boolean(typing) || document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]') !== null
  );
}
