import { pinParts } from '#contract/kinds.ts';
import type { WorldPin } from '#domain/world.ts';
import { useState } from 'react';
import { type PinPart, pinToWall } from '../../api/access.ts';
import { accessTexts } from '../../i18n/sections/access.ts';
import { useT, useTexts } from '../../i18n/use-t.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions, DialogForm } from '../../ui/dialog.tsx';
import { Problem } from '../../ui/section.tsx';
import { useAction } from '../use-action.ts';
import styles from './pin-dialog.module.css';

interface PinDialogProps {
  incidentId: string;
  /** Why the trace was opened: it is the pin's reason too. */
  reason: string;
  shown: WorldPin | undefined;
  onClose: () => void;
}

/** Chooses what of an incident a whole room may see. */
export default function PinDialog({ incidentId, reason, shown, onClose }: PinDialogProps) {
  const t = useT();
  const texts = useTexts(accessTexts);
  const [parts, setParts] = useState<ReadonlySet<PinPart>>(new Set(shown?.show ?? pinParts));
  const action = useAction();
  const chosen = pinParts.filter(part => parts.has(part));
  async function submit(): Promise<void> {
    if (await action.run(() => pinToWall(incidentId, reason, chosen))) onClose();
  }
  const toggle = (part: PinPart, on: boolean) =>
    setParts(new Set(pinParts.filter(each => (each === part ? on : parts.has(each)))));
  return (
    <Dialog title={texts.pinTitle} hint={texts.pinHint} isOpen onClose={onClose}>
      <DialogForm onSubmit={submit}>
        {pinParts.map(part => (
          <label key={part} className={styles.part}>
            <input
              type="checkbox"
              checked={parts.has(part)}
              onChange={change => toggle(part, change.target.checked)}
            />
            {texts.pinParts[part]}
          </label>
        ))}
        <Problem>{action.problem}</Problem>
        <DialogActions>
          <Button onPress={onClose}>{t.cancel}</Button>
          <Button variant="primary" type="submit" isDisabled={chosen.length === 0 || action.busy}>
            {texts.pinSubmit}
          </Button>
        </DialogActions>
      </DialogForm>
    </Dialog>
  );
}
