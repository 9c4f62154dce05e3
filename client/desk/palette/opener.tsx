import { deskTexts } from '../../i18n/sections/desk.ts';
import { useTexts } from '../../i18n/use-t.ts';
import { Icon } from '../../ui/icons/icon.tsx';
import { setDesk } from '../desk-store.ts';
import { keyText } from '../key-text.ts';
import styles from './palette.module.css';

/** Over the map: where one would look for a search box; it opens the palette. */
export function PaletteOpener() {
  const texts = useTexts(deskTexts).palette;
  return (
    <button
      type="button"
      className={styles.opener}
      aria-haspopup="dialog"
      aria-keyshortcuts="Control+K /"
      onClick={() => setDesk({ dialog: 'palette' })}
    >
      <Icon name="magnifier" />
      <span>{texts.open}</span>
      <kbd>/</kbd>
      <kbd>{keyText('Ctrl+k')}</kbd>
    </button>
  );
}
