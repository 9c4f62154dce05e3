import { useState } from 'react';
import { type ContactChannel, contactChannels, type ContactOutcome } from '#contract/kinds.ts';
import { outcomesByHand } from '#domain/loop/contact.ts';
import { recordContact } from '../../api/lines.ts';
import { serverNow } from '../../clock/use-now.ts';
import { lineTexts } from '../../i18n/sections/lines.ts';
import { taskTexts } from '../../i18n/sections/tasks.ts';
import { useT, useTexts } from '../../i18n/use-t.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions, DialogForm } from '../../ui/dialog.tsx';
import { ChoiceField, Field } from '../../ui/field.tsx';
import { Problem } from '../../ui/section.tsx';
import { useAction } from '../use-action.ts';

const agoChoices = ['0', '2', '5', '10', '30'] as const;
type Ago = (typeof agoChoices)[number];

/** An attempt with what was said: her family's words, a message sent from elsewhere, a door that nobody opened. */
export default function ContactDialog({ incidentId, onClose }: { incidentId: string; onClose: () => void }) {
  const t = useT();
  const texts = useTexts(lineTexts);
  const tasks = useTexts(taskTexts);
  const [channel, setChannel] = useState<ContactChannel>('family');
  const [outcome, setOutcome] = useState<ContactOutcome>('reached');
  const [ago, setAgo] = useState<Ago>('0');
  const [note, setNote] = useState('');
  const action = useAction();
  const change = (chosen: ContactChannel) => {
    setChannel(chosen);
    setOutcome(outcomesByHand[chosen][0]!);
  };
  async function submit(): Promise<void> {
    const at = ago === '0' ? {} : { at: new Date(serverNow() - Number(ago) * 60_000).toISOString() };
    const words = note.trim() === '' ? {} : { note: note.trim() };
    if (await action.run(() => recordContact(incidentId, { channel, outcome, ...at, ...words }))) onClose();
  }
  return (
    <Dialog title={texts.recordOther} hint={texts.recordHint} isOpen onClose={onClose}>
      <DialogForm onSubmit={submit}>
        <ChoiceField<ContactChannel>
          label={texts.how}
          value={channel}
          onChange={change}
          choices={contactChannels.map(value => ({ value, label: texts.channel[value] }))}
        />
        <ChoiceField<ContactOutcome>
          label={texts.result}
          value={outcome}
          onChange={setOutcome}
          choices={outcomesByHand[channel].map(value => ({ value, label: texts.outcome[value] }))}
        />
        <ChoiceField<Ago>
          label={tasks.when}
          value={ago}
          onChange={setAgo}
          choices={agoChoices.map(value => ({
            value,
            label: value === '0' ? tasks.justNow : tasks.minutesAgo(Number(value)),
          }))}
        />
        <Field label={tasks.note} value={note} onChange={setNote} multiline maxLength={2000} />
        <Problem>{action.problem}</Problem>
        <DialogActions>
          <Button onPress={onClose}>{t.cancel}</Button>
          <Button variant="primary" type="submit" isDisabled={action.busy}>
            {tasks.record}
          </Button>
        </DialogActions>
      </DialogForm>
    </Dialog>
  );
}
