/** Messages of one page, loaded with it: the wall does not carry what only an administrator reads. */
import type { Lang } from '../map/scene.ts';

export type Widen<T> = T extends string
  ? string
  : T extends (...args: infer A) => string
    ? (...args: A) => string
    : { readonly [K in keyof T]: Widen<T[K]> };

export type Texts<T> = Record<Lang, T>;

/** The messages of a page in both languages; the Chinese ones are the model that the others follow. */
export const defineTexts = <const T>(zh: T, en: Widen<T>): Texts<Widen<T>> => ({ zh: zh as Widen<T>, en });
