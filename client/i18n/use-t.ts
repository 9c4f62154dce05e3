import { usePrefs } from '../app/prefs.ts';
import type { Lang } from '../map/scene.ts';
import { en } from './en.ts';
import { createFormats, type Formats } from './format.ts';
import type { Texts } from './texts.ts';
import { type Messages, zh } from './zh.ts';

export const messages: Record<Lang, Messages> = { zh, en };
const formats: Record<Lang, Formats> = { zh: createFormats('zh', zh), en: createFormats('en', en) };

/** The messages of the language in use: `t.queue.title`, `t.link.age('3')`. */
export function useT(): Messages {
  return messages[usePrefs(prefs => prefs.lang)];
}

/** Formatters of the language in use. */
export function useFormats(): Formats {
  return formats[usePrefs(prefs => prefs.lang)];
}

/** The messages of one page in the language in use. */
export function useTexts<T>(texts: Texts<T>): T {
  return texts[usePrefs(prefs => prefs.lang)];
}
