import { useState } from 'react';
import { type SmsTemplate, smsRecipients, smsTemplates } from '#contract/lines.ts';
import { smsText } from '#domain/loop/sms-templates.ts';
import type { WorldIncident } from '#domain/world.ts';
import { sendSms } from '../../api/lines.ts';
import { lineTexts } from '../../i18n/sections/lines.ts';
import { useT, useTexts } from '../../i18n/use-t.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions, DialogForm } from '../../ui/dialog.tsx';
import { ChoiceField, Field } from '../../ui/field.tsx';
import { Problem } from '../../ui/section.tsx';
import { sayDone } from '../desk-store.ts';
import { useAction } from '../use-action.ts';

type Recipient = (typeof smsRecipients)[number];

/** A warning to her or a relative: a template's words, which may be changed before they go. */
export default function SmsDialog({ incident, onClose }: { incident: WorldIncident; onClose: () => void }) {
  const t = useT();
  const texts = useTexts(lineTexts);
  const [recipient, setRecipient] = useState<Recipient>('subject');
  const [phone, setPhone] = useState('');
  const [template, setTemplate] = useState<SmsTemplate>('byScam');
  const [words, setWords] = useState(() => smsText('byScam', incident.scamType));
  const action = useAction();
  const choose = (chosen: SmsTemplate) => {
    setTemplate(chosen);
    setWords(smsText(chosen, incident.scamType));
  };
  const address = (to: Recipient) => {
    setRecipient(to);
    choose(to === 'family' ? 'family' : 'byScam');
  };
  async function submit(): Promise<void> {
    const number = recipient === 'family' ? { phone: phone.trim() } : {};
    const body = { recipient, template, text: words.trim(), ...number };
    if (!(await action.run(() => sendSms(incident.id, body)))) return;
    sayDone(texts.smsQueued);
    onClose();
  }
  const complete = words.trim().length >= 4 && (recipient === 'subject' || phone.trim().length >= 5);
  return (
    <Dialog title={texts.smsTitle} hint={texts.smsHint} isOpen onClose={onClose}>
      <DialogForm onSubmit={submit}>
        <ChoiceField<Recipient>
          label={texts.recipient}
          value={recipient}
          onChange={address}
          choices={smsRecipients.map(value => ({ value, label: texts.recipients[value] }))}
        />
        {recipient === 'family' && (
          <Field label={texts.familyPhone} value={phone} onChange={setPhone} isRequired maxLength={20} />
        )}
        <ChoiceField<SmsTemplate>
          label={texts.template}
          value={template}
          onChange={choose}
          choices={smsTemplates.map(value => ({ value, label: texts.templates[value] }))}
        />
        <Field label={texts.text} value={words} onChange={setWords} isRequired multiline maxLength={300} />
        <Problem>{action.problem}</Problem>
        <DialogActions>
          <Button onPress={onClose}>{t.cancel}</Button>
          <Button variant="primary" type="submit" isDisabled={action.busy || !complete}>
            {texts.sendSms}
          </Button>
        </DialogActions>
      </DialogForm>
    </Dialog>
  );
}
