import type { Action } from '../../desk/use-action.ts';
import { rosterTexts } from '../../i18n/sections/roster.ts';
import { useT, useTexts } from '../../i18n/use-t.ts';
import { Button } from '../../ui/button.tsx';
import { DialogActions } from '../../ui/dialog.tsx';

interface EditActionsProps {
  action: Action;
  isComplete: boolean;
  removeText: string;
  /** Undefined for what is not there yet. */
  remove: (() => Promise<unknown>) | undefined;
  onClose: () => void;
  onChanged: () => void;
}

/** At the end of a dialog that changes something: take it away, leave it as it is, save it. */
export function EditActions({
  action,
  isComplete,
  removeText,
  remove,
  onClose,
  onChanged,
}: EditActionsProps) {
  const t = useT();
  const texts = useTexts(rosterTexts);
  return (
    <DialogActions>
      {remove && (
        <Button
          variant="danger"
          isDisabled={action.busy}
          onPress={() => void action.run(remove).then(done => done && onChanged())}
        >
          {removeText}
        </Button>
      )}
      <Button onPress={onClose}>{t.cancel}</Button>
      <Button variant="primary" type="submit" isDisabled={action.busy || !isComplete}>
        {texts.save}
      </Button>
    </DialogActions>
  );
}
