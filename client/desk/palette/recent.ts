/** What was chosen last in the palette, by key: kinds and ids, never a name. */
const most = 8;
const keyOf = (userId: string) => `jianmian.recent.${userId}`;

/** The newest first. */
export function recentKeys(userId: string): readonly string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(userId)) ?? '[]');
    return Array.isArray(kept) ? kept.filter(key => typeof key === 'string') : [];
  } catch {
    return [];
  }
}

export function rememberKey(userId: string, key: string): void {
  const kept = [key, ...recentKeys(userId).filter(each => each !== key)].slice(0, most);
  try {
    localStorage.setItem(keyOf(userId), JSON.stringify(kept));
  } catch {
    // Private windows may refuse storage; then nothing is remembered.
  }
}
