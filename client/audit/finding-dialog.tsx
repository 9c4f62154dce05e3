import { useState } from 'react';
import { type FindingState, findingStates } from '#contract/audit.ts';
import { type Finding, reviewFinding } from '../api/audit.ts';
import { useAction } from '../desk/use-action.ts';
import { auditTexts } from '../i18n/sections/audit.ts';
import { useT, useTexts } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions, DialogForm } from '../ui/dialog.tsx';
import { ChoiceField, Field } from '../ui/field.tsx';
import { Problem } from '../ui/section.tsx';

/** As short a note as the server takes. */
const leastNote = 4;

interface FindingDialogProps {
  finding: Finding;
  onDone: () => void;
  onClose: () => void;
}

/** What became of an unusual look. */
export function FindingDialog({ finding, onDone, onClose }: FindingDialogProps) {
  const t = useT();
  const texts = useTexts(auditTexts);
  const [state, setState] = useState<FindingState>(finding.state === 'open' ? 'explained' : finding.state);
  const [note, setNote] = useState(finding.note ?? '');
  const action = useAction();
  const ready = note.trim().length >= leastNote && !action.busy;
  async function submit(): Promise<void> {
    if (ready && (await action.run(() => reviewFinding(finding.id, { state, note: note.trim() })))) onDone();
  }
  return (
    <Dialog
      title={`${texts.reviewTitle} · ${texts.kinds[finding.kind]}`}
      hint={texts.why[finding.kind](finding.numbers)}
      isOpen
      onClose={onClose}
    >
      <DialogForm onSubmit={submit}>
        <ChoiceField<FindingState>
          label={texts.state}
          value={state}
          onChange={setState}
          choices={findingStates.map(value => ({ value, label: texts.states[value] }))}
        />
        <Field
          label={texts.note}
          hint={texts.noteHint}
          value={note}
          onChange={setNote}
          isRequired
          multiline
          maxLength={1000}
        />
        <Problem>{action.problem}</Problem>
        <DialogActions>
          <Button onPress={onClose}>{t.cancel}</Button>
          <Button variant="primary" type="submit" isDisabled={!ready}>
            {texts.save}
          </Button>
        </DialogActions>
      </DialogForm>
    </Dialog>
  );
}
