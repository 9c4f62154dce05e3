import { risks, scamTypes } from '#contract/alert.ts';
import { useRef, useState } from 'react';
import type { AddressCandidate } from '#contract/address.ts';
import type { AlertReply } from '#contract/alert.ts';
import { setHome } from '../api/addresses.ts';
import { sendAlert } from '../api/incidents.ts';
import { deskPath, navigate } from '../app/router.ts';
import { intakeTexts } from '../i18n/sections/intake.ts';
import { useT, useTexts } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions, DialogForm } from '../ui/dialog.tsx';
import { ChoiceField, Field, FieldPair } from '../ui/field.tsx';
import { RiskMark } from '../ui/icons/risk-mark.tsx';
import { Problem } from '../ui/section.tsx';
import { AddressLookup } from './address/address-lookup.tsx';
import { type AlertDraft, emptyAlert, toAlert } from './alert-draft.ts';
import { sayDone, setDesk, useDesk } from './desk-store.ts';
import { KnownPerson } from './intake/known-person.tsx';
import { PositionField } from './position-field.tsx';
import { useAction } from './use-action.ts';

/** Takes an alert by hand. It steps aside while the home is picked on the map, and keeps what was typed. */
export function AlertDialog({ onClose }: { onClose: () => void }) {
  const t = useT();
  const intake = useTexts(intakeTexts);
  const picking = useDesk(desk => desk.mode.kind === 'pick');
  const [draft, setDraft] = useState<AlertDraft>({ ...emptyAlert, source: t.alert.sourceDefault });
  const [picked, setPicked] = useState<AddressCandidate | null>(null);
  const [wrong, setWrong] = useState<string[]>([]);
  const action = useAction();
  const received = useRef<AlertReply>(null);
  const change = (part: Partial<AlertDraft>) => setDraft(before => ({ ...before, ...part }));
  const text = (
    field: 'name' | 'phone' | 'address' | 'source' | 'vehicle' | 'amount',
    isRequired = false,
  ) => (
    <Field
      label={t.alert[field]}
      value={draft[field]}
      onChange={value => {
        // What was chosen for another text is no longer meant.
        if (field === 'address') setPicked(null);
        change({ [field]: value });
      }}
      isRequired={isRequired}
      numeric={field === 'amount'}
      error={wrong.includes(field) ? (field === 'phone' ? t.alert.badPhone : t.errors.invalidBody) : null}
    />
  );

  async function submit(): Promise<void> {
    const body = toAlert(draft);
    if ('wrong' in body) return setWrong(body.wrong);
    setWrong([]);
    const sent = await action.run(async () => {
      // What was received stays received: when only the home is refused, trying again tells the home alone.
      received.current ??= await sendAlert(body);
      const { incidentId, joined } = received.current;
      // The home is not exact, so it is told with how far off it may be.
      if (picked && !body.subject.home) await setHome(incidentId, { candidate: candidateOf(picked) });
      sayDone(joined ? t.alert.joined : t.alert.opened);
      navigate(deskPath(incidentId));
    });
    if (sent) onClose();
  }
  return (
    <Dialog title={t.alert.title} hint={t.alert.hint} isOpen={!picking} onClose={onClose} wide>
      <DialogForm onSubmit={submit}>
        <FieldPair>
          <ChoiceField
            label={t.alert.risk}
            value={draft.risk}
            onChange={risk => change({ risk })}
            choices={risks.map(value => ({
              value,
              label: t.risk[value],
              mark: <RiskMark risk={value} size="1.2em" />,
            }))}
          />
          <ChoiceField
            label={t.alert.scamType}
            value={draft.scamType}
            onChange={scamType => change({ scamType })}
            choices={scamTypes.map(value => ({ value, label: t.scam[value] }))}
          />
          {text('name', true)}
          {text('phone', true)}
          {text('source', true)}
          {text('amount')}
          {text('address')}
          {text('vehicle')}
        </FieldPair>
        <KnownPerson phone={draft.phone} />
        <AddressLookup address={draft.address} picked={picked} onPick={setPicked} />
        <PositionField label={t.alert.home} value={draft.home} onChange={home => change({ home })} />
        <Field
          label={t.alert.note}
          value={draft.note}
          onChange={note => change({ note })}
          multiline
          maxLength={4000}
        />
        {wrong.length > 0 && <Problem>{t.errors.invalidBody}</Problem>}
        <Problem>{action.problem}</Problem>
        <DialogActions>
          <Button variant="quiet" icon="upload" onPress={() => setDesk({ dialog: 'import' })}>
            {intake.open}
          </Button>
          <Button onPress={onClose}>{t.cancel}</Button>
          <Button variant="primary" type="submit" isDisabled={action.busy}>
            {t.alert.submit}
          </Button>
        </DialogActions>
      </DialogForm>
    </Dialog>
  );
}

const candidateOf = ({ position, radiusM, confidence }: AddressCandidate) => ({
  position,
  radiusM,
  confidence,
});
