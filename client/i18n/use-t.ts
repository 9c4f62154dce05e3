import { setPrefs, usePrefs } from '../app/prefs.ts';
import type { Lang } from '../map/scene.ts';
import { createFormats, type Formats } from './format.ts';
import type { Texts } from './texts.ts';
import { type Messages, zh } from './zh.ts';

interface Language {
  messages: Messages;
  formats: Formats;
}

const chinese: Language = { messages: zh, formats: createFormats('zh', zh) };
let english: Language | null = null;

/** Chinese is always there; English comes when somebody wants it. Resolves when the language can be shown, rejects without a server. */
export async function loadLanguage(lang: Lang): Promise<void> {
  if (lang === 'zh' || english) return;
  const { en } = await import('./en.ts');
  english = { messages: en, formats: createFormats('en', en) };
}

/** Changes the language on every page; it stays as it is when the other cannot be fetched. */
export async function chooseLanguage(lang: Lang): Promise<void> {
  await loadLanguage(lang);
  setPrefs({ lang });
}

/** Chinese until another language is loaded. */
const useLanguage = (): Language => (usePrefs(prefs => prefs.lang) === 'en' && english) || chinese;

/** The messages of the language in use: `t.queue.title`, `t.link.age('3')`. */
export const useT = (): Messages => useLanguage().messages;

/** Formatters of the language in use. */
export const useFormats = (): Formats => useLanguage().formats;

/** The messages of one page in the language in use. */
export function useTexts<T>(texts: Texts<T>): T {
  return texts[usePrefs(prefs => prefs.lang)];
}
