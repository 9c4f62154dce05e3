import { useState } from 'react';
import { traceSources } from '#contract/kinds.ts';
import { makeRequest } from '../../api/lines.ts';
import { lineTexts } from '../../i18n/sections/lines.ts';
import { useT, useTexts } from '../../i18n/use-t.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions, DialogForm } from '../../ui/dialog.tsx';
import { ChoiceField, Field } from '../../ui/field.tsx';
import { Problem } from '../../ui/section.tsx';
import { useAction } from '../use-action.ts';

/** Asks one more source for her trace. */
export default function RequestDialog({ incidentId, onClose }: { incidentId: string; onClose: () => void }) {
  const t = useT();
  const texts = useTexts(lineTexts);
  const [askedOf, setAskedOf] = useState<(typeof traceSources)[number]>('bank');
  const [what, setWhat] = useState('');
  const action = useAction();
  async function submit(): Promise<void> {
    if (await action.run(() => makeRequest(incidentId, { askedOf, what: what.trim() }))) onClose();
  }
  return (
    <Dialog title={texts.newRequest} hint={texts.newRequestHint} isOpen onClose={onClose}>
      <DialogForm onSubmit={submit}>
        <ChoiceField
          label={texts.askedOf}
          value={askedOf}
          onChange={setAskedOf}
          choices={traceSources.map(value => ({ value, label: texts.source[value] }))}
        />
        <Field
          label={texts.what}
          value={what}
          onChange={setWhat}
          isRequired
          autoFocus
          multiline
          maxLength={500}
        />
        <Problem>{action.problem}</Problem>
        <DialogActions>
          <Button onPress={onClose}>{t.cancel}</Button>
          <Button variant="primary" type="submit" isDisabled={action.busy || what.trim() === ''}>
            {texts.request}
          </Button>
        </DialogActions>
      </DialogForm>
    </Dialog>
  );
}
