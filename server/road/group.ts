/** Counting sort: the indices of `keys` ordered by key, and where each key's group begins. */
export function groupBy(
  keys: ArrayLike<number>,
  keyCount: number,
): { offset: Uint32Array; order: Uint32Array } {
  const offset = new Uint32Array(keyCount + 1);
  for (let i = 0; i < keys.length; i++) offset[keys[i]! + 1]!++;
  for (let key = 0; key < keyCount; key++) offset[key + 1]! += offset[key]!;
  const next = offset.slice();
  const order = new Uint32Array(keys.length);
  for (let i = 0; i < keys.length; i++) order[next[keys[i]!]!++] = i;
  return { offset, order };
}
