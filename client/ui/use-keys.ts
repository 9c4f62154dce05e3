import { useEffect } from 'react';

type Keys = Readonly<Record<string, () => void>>;

const busy = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]';
const fields = 'input:not([type="range"]), textarea, select, [contenteditable="true"]';

/** Takes single keys (small letters) while the component is there, but not from fields, dialogs and menus. */
export function useKeys(keys: Keys): void {
  useEffect(() => {
    const onKey = (pressed: KeyboardEvent) => {
      const act = keys[pressed.key.toLowerCase()];
      if (!act || pressed.ctrlKey || pressed.metaKey || pressed.altKey || pressed.shiftKey) return;
      const typing = pressed.target instanceof Element && pressed.target.closest(fields);
      if (typing || pressed.repeat || document.querySelector(busy)) return;
      pressed.preventDefault();
      act();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  });
}
