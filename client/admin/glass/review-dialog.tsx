import { glassVerdicts } from '#contract/kinds.ts';
import { useState } from 'react';
import { type GlassVerdict, type GlassView, reviewGlass } from '../../api/access.ts';
import { useAction } from '../../desk/use-action.ts';
import { accessTexts } from '../../i18n/sections/access.ts';
import { useT, useTexts } from '../../i18n/use-t.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions, DialogForm } from '../../ui/dialog.tsx';
import { ChoiceField, Field } from '../../ui/field.tsx';
import { Problem } from '../../ui/section.tsx';

/** The contract asks for as many characters. */
const shortestNote = 4;

export function ReviewDialog({
  use,
  onDone,
  onClose,
}: {
  use: GlassView;
  onDone: () => void;
  onClose: () => void;
}) {
  const t = useT();
  const texts = useTexts(accessTexts);
  const [verdict, setVerdict] = useState<GlassVerdict>('justified');
  const [note, setNote] = useState('');
  const action = useAction();
  async function submit(): Promise<void> {
    if (await action.run(() => reviewGlass(use.authorityId, { verdict, note: note.trim() }))) onDone();
  }
  return (
    <Dialog title={texts.reviews} hint={`${use.openedByName}: ${use.reason}`} isOpen onClose={onClose}>
      <DialogForm onSubmit={submit}>
        <ChoiceField<GlassVerdict>
          label={texts.verdict}
          value={verdict}
          onChange={setVerdict}
          choices={glassVerdicts.map(value => ({ value, label: texts.verdicts[value] }))}
        />
        <Field
          label={texts.note}
          hint={texts.noteHint}
          value={note}
          onChange={setNote}
          isRequired
          multiline
          autoFocus
          maxLength={1000}
        />
        <Problem>{action.problem}</Problem>
        <DialogActions>
          <Button onPress={onClose}>{t.cancel}</Button>
          <Button
            variant="primary"
            type="submit"
            isDisabled={note.trim().length < shortestNote || action.busy}
          >
            {texts.submit}
          </Button>
        </DialogActions>
      </DialogForm>
    </Dialog>
  );
}
