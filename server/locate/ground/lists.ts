import type { Lists } from '../ground.ts';

export function toLists(lists: readonly ArrayLike<number>[]): Lists {
  const offset = new Uint32Array(lists.length + 1);
  lists.forEach((list, i) => {
    offset[i + 1] = offset[i]! + list.length;
  });
  const items = new Uint32Array(offset[lists.length]!);
  lists.forEach((list, i) => items.set(list, offset[i]));
  return { offset, items };
}
