import { useState } from 'react';
import type { HoldView, PeriodView } from '#contract/retention.ts';
import { liftHold, placeHold, setRetention } from '../../api/retention.ts';
import { useAction } from '../../desk/use-action.ts';
import { retentionTexts } from '../../i18n/sections/retention.ts';
import { useFormats, useT, useTexts } from '../../i18n/use-t.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions, DialogForm } from '../../ui/dialog.tsx';
import { Field, FieldPair } from '../../ui/field.tsx';
import { Problem } from '../../ui/section.tsx';

/** As short a reason as the server takes. */
const leastReason = 4;

interface DialogProps {
  onDone: () => void;
  onClose: () => void;
}

/** A reason and a button, with whatever else is asked for above it. */
function ReasonDialog(
  props: DialogProps & {
    title: string;
    hint?: string;
    verb: string;
    ready: boolean;
    role?: 'alertdialog';
    send: (reason: string) => Promise<unknown>;
    children?: React.ReactNode;
  },
) {
  const { title, hint, verb, ready, role, send, children, onDone, onClose } = props;
  const t = useT();
  const texts = useTexts(retentionTexts);
  const [reason, setReason] = useState('');
  const action = useAction();
  const may = ready && reason.trim().length >= leastReason && !action.busy;
  async function submit(): Promise<void> {
    if (may && (await action.run(() => send(reason.trim())))) onDone();
  }
  return (
    <Dialog
      title={title}
      isOpen
      onClose={onClose}
      {...(hint !== undefined && { hint })}
      {...(role && { role })}
    >
      <DialogForm onSubmit={submit}>
        {children}
        <Field
          label={texts.reason}
          hint={texts.reasonHint}
          value={reason}
          onChange={setReason}
          isRequired
          maxLength={500}
        />
        <Problem>{action.problem}</Problem>
        <DialogActions>
          <Button onPress={onClose}>{t.cancel}</Button>
          <Button variant="primary" type="submit" isDisabled={!may}>
            {verb}
          </Button>
        </DialogActions>
      </DialogForm>
    </Dialog>
  );
}

export function PeriodDialog({ period, ...rest }: DialogProps & { period: PeriodView }) {
  const texts = useTexts(retentionTexts);
  const formats = useFormats();
  const [typed, setTyped] = useState(String(period.days));
  const days = Number(typed);
  const { minDays, maxDays } = period;
  const ready = Number.isInteger(days) && days >= minDays && days <= maxDays && days !== period.days;
  return (
    <ReasonDialog
      {...rest}
      title={texts.changeTitle(texts.classes[period.class][0]!)}
      hint={texts.classes[period.class][1]!}
      verb={texts.save}
      ready={ready}
      send={reason => setRetention(period.class, { days, reason })}
    >
      <Field
        label={texts.newDays}
        hint={texts.bounds(formats.number(minDays), formats.number(maxDays))}
        value={typed}
        onChange={setTyped}
        isRequired
        numeric
      />
    </ReasonDialog>
  );
}

export function PlaceDialog(props: DialogProps) {
  const texts = useTexts(retentionTexts);
  const [day, setDay] = useState('');
  const [typed, setTyped] = useState('');
  const number = Number(typed);
  return (
    <ReasonDialog
      {...props}
      title={texts.placeTitle}
      hint={texts.holdsHint}
      verb={texts.place}
      ready={day !== '' && Number.isInteger(number) && number > 0}
      send={reason => placeHold({ incident: { day, number }, reason })}
    >
      <FieldPair>
        <Field label={texts.day} value={day} onChange={setDay} type="date" isRequired />
        <Field label={texts.number} value={typed} onChange={setTyped} isRequired numeric />
      </FieldPair>
    </ReasonDialog>
  );
}

export function LiftDialog({ hold, ...rest }: DialogProps & { hold: HoldView }) {
  const texts = useTexts(retentionTexts);
  return (
    <ReasonDialog
      {...rest}
      title={`${texts.liftTitle} · ${texts.incidentName(hold.incident.day, hold.incident.number)}`}
      hint={texts.liftHint}
      verb={texts.lift}
      ready
      role="alertdialog"
      send={reason => liftHold(hold.id, reason)}
    />
  );
}
