import type { Lang } from '../map/scene.ts';

/** What carries a name, and for some an English one. */
export interface Named {
  name: string;
  nameEn?: string | null | undefined;
}

/** The name in the language of the screen, as far as there is one. */
export const nameIn = ({ name, nameEn }: Named, lang: Lang): string =>
  lang === 'en' && nameEn ? nameEn : name;
