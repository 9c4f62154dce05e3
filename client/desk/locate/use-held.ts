import { useState } from 'react';

export interface Held<T> {
  value: T;
  held: boolean;
  /** For the element whose content must not jump while the pointer is in it. */
  hold: { onPointerEnter: () => void; onPointerLeave: () => void };
}

/**
 * The value as it was when the pointer came in, until it leaves; another `key` is shown at once, and what is over is not
 * held.
 */
export function useHeld<T>(value: T, key: unknown): Held<T> {
  const [frozen, setFrozen] = useState<{ value: T; key: unknown } | null>(null);
  const holds = frozen !== null && value !== null && Object.is(frozen.key, key);
  return {
    value: holds ? frozen.value : value,
    held: holds && !Object.is(frozen.value, value),
    hold: {
      onPointerEnter: () => setFrozen({ value, key }),
      onPointerLeave: () => setFrozen(null),
    },
  };
}
