import { useState } from 'react';
import { type SpotVerdict, spotVerdicts } from '#contract/kinds.ts';
import type { CheckItem } from '#contract/meeting.ts';
import { checkMeeting } from '../../api/meetings.ts';
import { useAction } from '../../desk/use-action.ts';
import { checkTexts } from '../../i18n/sections/checks.ts';
import { useT, useTexts } from '../../i18n/use-t.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions, DialogForm } from '../../ui/dialog.tsx';
import { ChoiceField, Field } from '../../ui/field.tsx';
import { Problem } from '../../ui/section.tsx';

/** The contract asks for as many characters. */
const shortestNote = 2;

export function CheckDialog({
  item,
  onDone,
  onClose,
}: {
  item: CheckItem;
  onDone: () => void;
  onClose: () => void;
}) {
  const t = useT();
  const texts = useTexts(checkTexts);
  const [verdict, setVerdict] = useState<SpotVerdict>('good');
  const [note, setNote] = useState('');
  const action = useAction();
  async function submit(): Promise<void> {
    if (await action.run(() => checkMeeting(item.id, verdict, note.trim()))) onDone();
  }
  return (
    <Dialog
      title={texts.check}
      hint={item.recordings.join(' · ') || texts.noRecording}
      isOpen
      onClose={onClose}
    >
      <DialogForm onSubmit={submit}>
        <ChoiceField<SpotVerdict>
          label={texts.verdict}
          value={verdict}
          onChange={setVerdict}
          choices={spotVerdicts.map(value => ({ value, label: texts.verdicts[value] }))}
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
