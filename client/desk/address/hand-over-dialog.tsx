import type { WorldIncident } from '#domain/world.ts';
import { useState } from 'react';
import { handOver } from '../../api/addresses.ts';
import { addressTexts } from '../../i18n/sections/address.ts';
import { useT, useTexts } from '../../i18n/use-t.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions, DialogForm } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Problem } from '../../ui/section.tsx';
import { sayDone } from '../desk-store.ts';
import { useAction } from '../use-action.ts';

/** She lives elsewhere: which bureau is to meet her, and why. */
export function HandOverDialog({ incident, onClose }: { incident: WorldIncident; onClose: () => void }) {
  const t = useT();
  const words = useTexts(addressTexts);
  const named = incident.subject?.elsewhere;
  const [to, setTo] = useState(named === undefined ? '' : words.bureauOf(named));
  const [reason, setReason] = useState(words.reasonDefault);
  const action = useAction();
  const complete = to.trim().length >= 2 && reason.trim().length >= 2;
  async function submit(): Promise<void> {
    if (!(await action.run(() => handOver(incident.id, { to: to.trim(), reason: reason.trim() })))) return;
    sayDone(words.done);
    onClose();
  }
  return (
    <Dialog title={words.handOverTitle} hint={words.handOverHint} isOpen onClose={onClose}>
      <DialogForm onSubmit={submit}>
        <Field label={words.to} value={to} onChange={setTo} isRequired maxLength={120} />
        <Field label={words.reason} value={reason} onChange={setReason} isRequired maxLength={500} />
        <Problem>{action.problem}</Problem>
        <DialogActions>
          <Button onPress={onClose}>{t.cancel}</Button>
          <Button variant="primary" type="submit" isDisabled={!complete || action.busy}>
            {words.handOver}
          </Button>
        </DialogActions>
      </DialogForm>
    </Dialog>
  );
}
