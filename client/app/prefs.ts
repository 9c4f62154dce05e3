/** What a person chose for this browser: theme, language and density, kept between visits. */
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Lang } from '../map/scene.ts';
import { isRecord, keep, kept } from './kept.ts';
import { type Density, densities, type Theme } from '../ui/tokens.ts';

export interface Prefs {
  theme: Theme;
  lang: Lang;
  density: Density;
}

const key = 'jianmian.prefs';
const store = createStore<Prefs>()(() => ({
  theme: 'dark',
  lang: 'zh',
  density: 'regular',
  ...stored(),
  ...fromAddress(),
}));

export function usePrefs<T>(select: (prefs: Prefs) => T): T {
  return useStore(store, select);
}

/** What is chosen now, outside of components. */
export const prefs = (): Prefs => store.getState();

export function setPrefs(change: Partial<Prefs>): void {
  store.setState(change);
  keep(key, store.getState());
}

/** Keeps <html> in step with the choice; `?motion=0` asks for still mode. */
export function applyPrefs(): void {
  const root = document.documentElement;
  const write = ({ theme, lang, density }: Prefs) => {
    root.dataset['density'] = density;
    root.dataset['theme'] = theme;
    root.lang = lang === 'zh' ? 'zh-CN' : 'en';
  };
  if (new URLSearchParams(location.search).get('motion') === '0') root.dataset['motion'] = 'off';
  write(store.getState());
  store.subscribe(write);
}

/** A kiosk has no one to choose: `?theme=light&lang=en` does it for this visit. */
function fromAddress(): Partial<Prefs> {
  const query = new URLSearchParams(globalThis.location?.search ?? '');
  return valid({ theme: query.get('theme'), lang: query.get('lang'), density: query.get('density') });
}

function stored(): Partial<Prefs> {
  const found = kept(key);
  return isRecord(found) ? valid(found) : {};
}

function valid(raw: { theme?: unknown; lang?: unknown; density?: unknown }): Partial<Prefs> {
  const density = densities.find(known => known === raw.density);
  return {
    ...((raw.theme === 'dark' || raw.theme === 'light') && { theme: raw.theme }),
    ...((raw.lang === 'zh' || raw.lang === 'en') && { lang: raw.lang }),
    ...(density && { density }),
  };
}
