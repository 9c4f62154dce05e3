import { useEffect, useRef } from 'react';
import { claimKeys } from '../claimed-keys.ts';
import { setLocate, useLocate } from './locate-store.ts';
import { type PlanRow, replacement, step } from './suggestions.ts';

interface PlanVerbs {
  accept: (row: PlanRow) => void;
  acceptAll: () => void;
  refuse: (row: PlanRow) => void;
}

/** So long a suggestion that nobody chose has to be on the screen before a key acts upon it. */
const settleMs = 800;

/**
 * J, K, A, Shift+A and R act on the suggestions while there are some. Gives the key of the selected one. When that one
 * goes with a new plan another takes its place, but is not ordered by a key that was meant for the one before.
 */
export function usePlanKeys(rows: readonly PlanRow[], mayAct: boolean, verbs: PlanVerbs): string | null {
  const selected = useLocate(locate => locate.selected);
  const keys = rows.map(({ key }) => key);
  const next = replacement(keys, selected);
  // A time and no timer: a map that draws hard keeps timers waiting, and the key would be ignored without need.
  const settledAt = useRef(0);
  useEffect(() => {
    if (next === selected) return;
    setLocate({ selected: next });
    settledAt.current = performance.now() + settleMs;
  }, [next, selected]);

  useEffect(() => {
    if (rows.length === 0) return;
    const select = (key: string | null) => {
      const row = rows.find(each => each.key === key);
      setLocate({ selected: key, unitId: row?.unitId ?? null });
    };
    const onSelected = (act: (row: PlanRow) => void) => () => {
      const row = rows.find(({ key }) => key === selected);
      if (row && performance.now() >= settledAt.current) act(row);
    };
    return claimKeys({
      j: () => select(step(keys, selected, 1)),
      k: () => select(step(keys, selected, -1)),
      ...(mayAct && {
        a: onSelected(verbs.accept),
        r: onSelected(verbs.refuse),
        'Shift+a': verbs.acceptAll,
      }),
    });
  });
  return selected;
}
