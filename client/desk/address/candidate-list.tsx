import type { AddressCandidate } from '#contract/address.ts';
import { usePrefs } from '../../app/prefs.ts';
import { addressTexts } from '../../i18n/sections/address.ts';
import { useFormats, useTexts } from '../../i18n/use-t.ts';
import { shareText } from '../../map/sources/share-text.ts';
import { cx } from '../../ui/cx.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Icon } from '../../ui/icons/icon.tsx';
import styles from './address.module.css';
import { doubtsOf, sizeOf, stepOf } from './candidate-words.ts';

export interface CandidateListProps {
  items: readonly AddressCandidate[];
  picked: AddressCandidate | null;
  onPick: (candidate: AddressCandidate) => void;
  /** Moves the map there; absent where no map is to be seen. */
  onShow?: (candidate: AddressCandidate) => void;
  isDisabled?: boolean;
}

/** Ranked readings of an address: what each is, how large, and how sure. */
export function CandidateList({ items, picked, onPick, onShow, isDisabled = false }: CandidateListProps) {
  const words = useTexts(addressTexts);
  const formats = useFormats();
  const english = usePrefs(prefs => prefs.lang) === 'en';
  return (
    <ul className={styles.candidates} aria-label={words.candidates}>
      {items.map(item => {
        const name = (english && item.labelEn) || item.label;
        const doubts = doubtsOf(item, words);
        const chosen = picked !== null && isSame(picked, item);
        return (
          <li key={`${item.label} ${item.position.lng} ${item.position.lat}`}>
            <button
              type="button"
              className={cx(styles.candidate, chosen && styles.chosen)}
              aria-pressed={chosen}
              disabled={isDisabled}
              onClick={() => onPick(item)}
            >
              <span className={styles.name}>
                {chosen && <Icon name="check" />} {name}
              </span>
              <span className={styles.size}>
                {sizeOf(item, words, formats)}
                {doubts && ` · ${doubts}`}
              </span>
              <span
                className={cx(styles.share, styles[stepOf(item.confidence)])}
                title={words.confidence}
                aria-label={`${words.confidence} ${shareText(item.confidence)}`}
              >
                {shareText(item.confidence)}
              </span>
            </button>
            {onShow && (
              <IconButton icon="pin" label={`${words.show}: ${name}`} onPress={() => onShow(item)} />
            )}
          </li>
        );
      })}
    </ul>
  );
}

const isSame = (a: AddressCandidate, b: AddressCandidate): boolean =>
  a.label === b.label && a.position.lng === b.position.lng && a.position.lat === b.position.lat;
