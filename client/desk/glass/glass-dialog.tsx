import { shortestReason } from '#contract/reason.ts';
import { useState } from 'react';
import { breakGlass } from '../../api/access.ts';
import { openLook } from '../../api/incidents.ts';
import { accessTexts } from '../../i18n/sections/access.ts';
import { useT, useTexts } from '../../i18n/use-t.ts';
import { shareTrace } from '../../store/live.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions, DialogForm } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Problem } from '../../ui/section.tsx';
import { useAction } from '../use-action.ts';

/** Opens the trace at once, before anybody could approve it; the reason is that of the look as well. */
export default function GlassDialog({ incidentId, onClose }: { incidentId: string; onClose: () => void }) {
  const t = useT();
  const texts = useTexts(accessTexts);
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const action = useAction();
  const short = reason.trim().length < shortestReason;
  async function submit(): Promise<void> {
    setTried(true);
    if (short) return;
    const why = reason.trim();
    const opened = await action.run(async () => {
      await breakGlass(incidentId, why);
      const { sightings } = await openLook(incidentId, why);
      shareTrace(incidentId, why, sightings);
    });
    if (opened) onClose();
  }
  return (
    <Dialog title={texts.glassTitle} hint={texts.glassHint} isOpen onClose={onClose} role="alertdialog">
      <DialogForm onSubmit={submit}>
        <Field
          label={texts.glassReason}
          value={reason}
          onChange={setReason}
          error={tried && short ? t.trace.tooShort : null}
          isRequired
          multiline
          autoFocus
          maxLength={500}
        />
        <Problem>{action.problem}</Problem>
        <DialogActions>
          <Button onPress={onClose}>{t.cancel}</Button>
          <Button variant="danger" icon="key" type="submit" isDisabled={action.busy}>
            {texts.glassOpen}
          </Button>
        </DialogActions>
      </DialogForm>
    </Dialog>
  );
}
