/** One key for what is done often. Keys are not taken while something is being typed or a dialog is open. */
import { useEffect } from 'react';
import { useSignedIn } from '../app/session.ts';
import { deskTexts } from '../i18n/sections/desk.ts';
import { useTexts } from '../i18n/use-t.ts';
import { keyName } from './claimed-keys.ts';
import { useMapView } from './map-view-context.ts';
import { useReference } from './reference.ts';
import { type DeskTools, verbsNow } from './verbs.ts';

/** What the verbs of this desk work with. Within the map's context, since keys move the map. */
export function useDeskTools(): DeskTools {
  const { role } = useSignedIn();
  return {
    role,
    map: useMapView(),
    reference: useReference(reference => reference),
    texts: useTexts(deskTexts),
  };
}

export function useShortcuts(): void {
  const tools = useDeskTools();
  useEffect(() => {
    const onKey = (pressed: KeyboardEvent) => {
      const key = nameOf(pressed);
      if (isTaken(pressed, key) || pressed.altKey) return;
      const act = pressDigit(pressed) ?? verbsNow(tools).find(({ keys }) => keys.includes(key))?.run;
      if (!act) return;
      pressed.preventDefault();
      pressed.stopPropagation();
      if (!pressed.repeat || repeats.has(key)) act(tools);
    };
    // Before the focused list, which would take letters for a search by name.
    document.addEventListener('keydown', onKey, { capture: true });
    return () => document.removeEventListener('keydown', onKey, { capture: true });
  });
}

/** Going through a list is no deed: these may be held down. */
const repeats: ReadonlySet<string> = new Set(['j', 'k', '[', ']']);

const nameOf = (pressed: KeyboardEvent) =>
  pressed.ctrlKey || pressed.metaKey ? `Ctrl+${pressed.key.toLowerCase()}` : keyName(pressed);

/** After T one digit says what came of a call; then digits are parts of the panel again. */
function pressDigit({ key, target }: KeyboardEvent): (() => void) | undefined {
  const box = target instanceof HTMLElement ? target.closest<HTMLElement>('[data-key="t"]') : null;
  const answers = box?.querySelector<HTMLButtonElement>(`[data-digit="${CSS.escape(key)}"] button`);
  return answers
    ? () => {
        answers.click();
        (document.activeElement as HTMLElement | null)?.blur();
      }
    : undefined;
}

/** Ctrl+K belongs to no field; nothing goes past a dialog or menu. */
function isTaken({ target }: KeyboardEvent, key: string): boolean {
  const typing =
    !key.startsWith('Ctrl+') &&
    target instanceof Element &&
    target.closest('input:not([type="range"]), textarea, select, [contenteditable="true"]');
  return (
    Boolean(typing) || document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]') !== null
  );
}
