/** Keys that a panel takes for itself while it is there, before the desk's own. Letters are named small, `Shift+a` with shift. */
export type Keys = Readonly<Record<string, () => void>>;

let claimed: Keys | null = null;

/** Takes keys until the returned function is called; one panel at a time. */
export function claimKeys(keys: Keys): () => void {
  claimed = keys;
  return () => {
    if (claimed === keys) claimed = null;
  };
}

export const claimedKey = (pressed: Pick<KeyboardEvent, 'key' | 'shiftKey'>): (() => void) | undefined =>
  claimed?.[keyName(pressed)];

/** The same for a letter whether caps lock is on or not. */
export function keyName({ key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>): string {
  if (!/^[a-z]$/i.test(key)) return key;
  return shiftKey ? `Shift+${key.toLowerCase()}` : key.toLowerCase();
}
