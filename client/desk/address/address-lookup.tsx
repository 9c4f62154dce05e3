import type { AddressCandidate } from '#contract/address.ts';
import { addressTexts } from '../../i18n/sections/address.ts';
import { useTexts } from '../../i18n/use-t.ts';
import { Button } from '../../ui/button.tsx';
import styles from './address.module.css';
import { CandidateList } from './candidate-list.tsx';
import { ElsewhereNote } from './elsewhere-note.tsx';
import { useCandidates } from './use-candidates.ts';

export interface AddressLookupProps {
  /** As typed so far. */
  address: string;
  picked: AddressCandidate | null;
  onPick: (candidate: AddressCandidate | null) => void;
}

/** Under an address field: what the text may mean, to be chosen from. */
export function AddressLookup({ address, picked, onPick }: AddressLookupProps) {
  const words = useTexts(addressTexts);
  const { data } = useCandidates(address, 4);
  if (!data) return null;
  return (
    <div className={styles.below}>
      {data.elsewhere && <ElsewhereNote name={data.elsewhere.name} hint={words.elsewhereHint} />}
      {data.items.length > 0 && !data.elsewhere && (
        <>
          <CandidateList items={data.items} picked={picked} onPick={onPick} />
          <div className={styles.row}>
            <p className={styles.hint}>{words.pickHint}</p>
            {picked && (
              <Button size="s" variant="quiet" onPress={() => onPick(null)}>
                {words.clear}
              </Button>
            )}
          </div>
        </>
      )}
      {data.items.length === 0 && !data.elsewhere && <p className={styles.hint}>{words.nothing}</p>}
    </div>
  );
}
