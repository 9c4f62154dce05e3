import { useState } from 'react';
import { requestAuthority } from '../../api/incidents.ts';
import { serverNow } from '../../clock/use-now.ts';
import { accessTexts } from '../../i18n/sections/access.ts';
import { useT, useTexts } from '../../i18n/use-t.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions, DialogForm } from '../../ui/dialog.tsx';
import { ChoiceField, Field } from '../../ui/field.tsx';
import { Problem } from '../../ui/section.tsx';
import { useAction } from '../use-action.ts';

const hourChoices = ['2', '4', '8', '24'] as const;

/** What an authority says on paper. */
export interface Paper {
  number: string;
  legalBasis: string;
  reason: string;
}

interface RequestDialogProps {
  incidentId: string;
  /** The authority that the new one is to follow. */
  extends?: Paper | undefined;
  /** What is asked for, when it is not the look at an open incident's trace. */
  other?: {
    title: string;
    hint: string;
    now: () => number;
    ask: (body: Paper & { expiresAt: string }) => Promise<unknown>;
  };
  onClose: () => void;
}

/** Asks for an authority, or for one more in place of one that ends soon. */
export default function RequestDialog({ incidentId, extends: before, other, onClose }: RequestDialogProps) {
  const t = useT();
  const texts = useTexts(accessTexts);
  const [number, setNumber] = useState(before?.number ?? '');
  const [legalBasis, setLegalBasis] = useState(before?.legalBasis ?? t.authority.legalBasisExample);
  const [reason, setReason] = useState(before?.reason ?? '');
  const [hours, setHours] = useState<(typeof hourChoices)[number]>('4');
  const action = useAction();
  async function submit(): Promise<void> {
    const expiresAt = new Date((other?.now ?? serverNow)() + Number(hours) * 3_600_000).toISOString();
    const body = { number, legalBasis, reason, expiresAt };
    if (await action.run(() => (other ? other.ask(body) : requestAuthority(incidentId, body)))) onClose();
  }
  const complete = number.trim() !== '' && legalBasis.trim().length >= 2 && reason.trim().length >= 4;
  return (
    <Dialog
      title={other?.title ?? (before ? texts.extend : t.authority.title)}
      hint={other?.hint ?? (before ? texts.extendHint : t.authority.empty)}
      isOpen
      onClose={onClose}
    >
      <DialogForm onSubmit={submit}>
        <Field
          label={t.authority.number}
          value={number}
          onChange={setNumber}
          isRequired
          autoFocus
          maxLength={64}
        />
        <Field
          label={t.authority.legalBasis}
          value={legalBasis}
          onChange={setLegalBasis}
          isRequired
          maxLength={300}
        />
        <Field
          label={t.authority.reason}
          value={reason}
          onChange={setReason}
          isRequired
          multiline
          maxLength={500}
        />
        <ChoiceField<(typeof hourChoices)[number]>
          label={t.authority.validFor}
          value={hours}
          onChange={setHours}
          choices={hourChoices.map(value => ({ value, label: t.authority.hours(Number(value)) }))}
        />
        <Problem>{action.problem}</Problem>
        <DialogActions>
          <Button onPress={onClose}>{t.cancel}</Button>
          <Button variant="primary" type="submit" isDisabled={!complete || action.busy}>
            {t.authority.request}
          </Button>
        </DialogActions>
      </DialogForm>
    </Dialog>
  );
}
