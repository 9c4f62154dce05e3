/** A page of a list that was asked for with one item more than its limit: whether there is more shows by that. */
export function page<Item extends { id: string }>(
  found: Item[],
  limit: number,
): { items: Item[]; nextCursor: string | null } {
  const items = found.slice(0, limit);
  return { items, nextCursor: found.length > limit ? (items.at(-1)?.id ?? null) : null };
}
