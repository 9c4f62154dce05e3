/** What was chosen last in the palette, by key: kinds and ids, never a name. */
import { keep, kept } from '../../app/kept.ts';

const most = 8;
const keyOf = (userId: string) => `jianmian.recent.${userId}`;

/** The newest first. */
export function recentKeys(userId: string): readonly string[] {
  const found = kept(keyOf(userId));
  return Array.isArray(found) ? found.filter(key => typeof key === 'string') : [];
}

export const rememberKey = (userId: string, key: string): void =>
  keep(keyOf(userId), [key, ...recentKeys(userId).filter(each => each !== key)].slice(0, most));
