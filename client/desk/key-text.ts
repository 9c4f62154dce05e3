/** A key as it stands on the keyboard: 'Ctrl+k' → 'Ctrl K'. */
export const keyText = (key: string): string =>
  key
    .replace('Escape', 'Esc')
    .replace('Enter', '↵')
    .replace(/\b[a-z]$/, letter => letter.toUpperCase())
    .replace('+', ' ');
