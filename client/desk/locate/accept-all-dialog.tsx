import { usePrefs } from '../../app/prefs.ts';
import { locateTexts } from '../../i18n/sections/locate.ts';
import { useT, useTexts } from '../../i18n/use-t.ts';
import { useLive } from '../../store/live.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions, DialogForm } from '../../ui/dialog.tsx';
import styles from './locate.module.css';
import type { PlanRow } from './suggestions.ts';
import { nameIn } from '../../i18n/name-in.ts';

interface AcceptAllDialogProps {
  rows: readonly PlanRow[];
  onAccept: () => void;
  onClose: () => void;
}

/** Before many crews are sent at once: which ones, and where; Enter sends them. */
export function AcceptAllDialog({ rows, onAccept, onClose }: AcceptAllDialogProps) {
  const t = useT();
  const texts = useTexts(locateTexts);
  const lang = usePrefs(prefs => prefs.lang);
  const units = useLive(live => live.world.units);
  return (
    <Dialog title={texts.acceptAllTitle(rows.length)} isOpen onClose={onClose} role="alertdialog">
      <DialogForm
        onSubmit={async () => {
          onAccept();
          onClose();
        }}
      >
        <ul className={styles.orders}>
          {rows.map(({ key, unitId, task }) => (
            <li key={key}>
              <b>{units[unitId]?.callsign}</b> {nameIn(task.place, lang)}
            </li>
          ))}
        </ul>
        <DialogActions>
          <Button onPress={onClose}>{t.cancel}</Button>
          <span ref={span => span?.querySelector('button')?.focus()}>
            <Button variant="primary" icon="send" type="submit">
              {texts.acceptAll(rows.length)}
            </Button>
          </span>
        </DialogActions>
      </DialogForm>
    </Dialog>
  );
}
