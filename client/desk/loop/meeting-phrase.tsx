import { useState } from 'react';
import { fetchPhrase, makePhrase, type PhraseView, tellPhrase } from '../../api/meetings.ts';
import { meetingTexts } from '../../i18n/sections/meeting.ts';
import { useFormats, useTexts } from '../../i18n/use-t.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { Problem } from '../../ui/section.tsx';
import { useAction } from '../use-action.ts';
import styles from './meeting.module.css';

/** The phrase by which the family knows who is the police: made at the first look at it, shown only on purpose. */
export function PhraseButton({ incidentId }: { incidentId: string }) {
  const texts = useTexts(meetingTexts);
  const formats = useFormats();
  const [shown, setShown] = useState<PhraseView | null>(null);
  const action = useAction();
  const show = () =>
    action.run(async () => {
      await makePhrase(incidentId);
      setShown(await fetchPhrase(incidentId));
    });
  const tell = () =>
    action.run(async () => {
      await tellPhrase(incidentId);
      setShown(null);
    });
  return (
    <>
      <Button size="s" variant="quiet" icon="shield" isDisabled={action.busy} onPress={() => void show()}>
        {texts.phrase}
      </Button>
      {!shown && <Problem>{action.problem}</Problem>}
      {shown && (
        <Dialog title={texts.phrase} hint={texts.phraseHint} isOpen onClose={() => setShown(null)}>
          <p className={styles.phrase}>{shown.phrase}</p>
          <p className={styles.hint}>
            {shown.toldAt === null
              ? texts.notTold
              : texts.toldAt(formats.timeShort(Date.parse(shown.toldAt)))}
          </p>
          <Problem>{action.problem}</Problem>
          {shown.toldAt === null && (
            <DialogActions>
              <Button variant="primary" isDisabled={action.busy} onPress={() => void tell()}>
                {texts.told}
              </Button>
            </DialogActions>
          )}
        </Dialog>
      )}
    </>
  );
}
