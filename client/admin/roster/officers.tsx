import { useState } from 'react';
import type { OfficerView } from '#contract/roster.ts';
import type { Station } from '../../api/reference.ts';
import { addOfficer, changeOfficer, removeOfficer } from '../../api/roster.ts';
import { useSignedIn } from '../../app/session.ts';
import { useAction } from '../../desk/use-action.ts';
import { rosterTexts } from '../../i18n/sections/roster.ts';
import { useTexts } from '../../i18n/use-t.ts';
import { Dialog, DialogForm } from '../../ui/dialog.tsx';
import { ChoiceField, Field, FieldPair } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Problem } from '../../ui/section.tsx';
import { Directory } from './directory.tsx';
import { EditActions } from './edit-actions.tsx';
import { StationChoice, useStationNames } from './station-choice.tsx';

interface OfficersProps {
  officers: readonly OfficerView[];
  stations: readonly Station[];
  onChanged: () => void;
}

/** The people that crews are made of. */
export function Officers({ officers, stations, onChanged }: OfficersProps) {
  const texts = useTexts(rosterTexts);
  const nameOf = useStationNames(stations);
  return (
    <Directory
      items={officers}
      heads={[texts.name, texts.badgeNumber, texts.kind, texts.station, texts.phone]}
      cells={({ name, badgeNumber, sworn, stationId, phoneMasked }) => [
        name,
        badgeNumber,
        sworn ? texts.sworn : texts.auxiliary,
        nameOf(stationId),
        phoneMasked,
      ]}
      newText={texts.newOfficer}
      editText={({ name }) => `${texts.editOfficer} ${name}`}
      empty={<Notice icon="people" title={texts.noOfficers} />}
      dialog={(officer, onClose) => (
        <OfficerDialog
          officer={officer}
          stations={stations}
          onClose={onClose}
          onChanged={() => {
            onClose();
            onChanged();
          }}
        />
      )}
    />
  );
}

interface OfficerDialogProps {
  officer: OfficerView | null;
  stations: readonly Station[];
  onClose: () => void;
  onChanged: () => void;
}

function OfficerDialog({ officer, stations, onClose, onChanged }: OfficerDialogProps) {
  const texts = useTexts(rosterTexts);
  const own = useSignedIn().stationId;
  const [name, setName] = useState(officer?.name ?? '');
  const [badgeNumber, setBadgeNumber] = useState(officer?.badgeNumber ?? '');
  const [kind, setKind] = useState<'sworn' | 'auxiliary'>(officer?.sworn === false ? 'auxiliary' : 'sworn');
  const [stationId, setStationId] = useState(officer ? officer.stationId : own);
  const [phone, setPhone] = useState('');
  const action = useAction();
  async function submit(): Promise<void> {
    const body = {
      name: name.trim(),
      badgeNumber: badgeNumber.trim(),
      sworn: kind === 'sworn',
      stationId,
      ...(phone.trim() !== '' && { phone: phone.trim() }),
    };
    if (await action.run(() => (officer ? changeOfficer(officer.id, body) : addOfficer(body)))) onChanged();
  }
  return (
    <Dialog
      title={officer ? texts.editOfficer : texts.newOfficer}
      isOpen
      onClose={onClose}
      role="alertdialog"
    >
      <DialogForm onSubmit={submit}>
        <FieldPair>
          <Field label={texts.name} value={name} onChange={setName} isRequired autoFocus maxLength={64} />
          <Field
            label={texts.badgeNumber}
            value={badgeNumber}
            onChange={setBadgeNumber}
            isRequired
            maxLength={32}
          />
          <ChoiceField
            label={texts.kind}
            value={kind}
            onChange={setKind}
            choices={[
              { value: 'sworn' as const, label: texts.sworn },
              { value: 'auxiliary' as const, label: texts.auxiliary },
            ]}
          />
          <StationChoice stations={stations} value={stationId} onChange={setStationId} />
        </FieldPair>
        <Field
          label={texts.phone}
          value={phone}
          onChange={setPhone}
          type="tel"
          {...(officer && { hint: texts.phoneKept })}
        />
        <Problem>{action.problem}</Problem>
        <EditActions
          action={action}
          isComplete={name.trim() !== '' && badgeNumber.trim() !== ''}
          removeText={texts.remove}
          remove={officer ? () => removeOfficer(officer.id) : undefined}
          onClose={onClose}
          onChanged={onChanged}
        />
      </DialogForm>
    </Dialog>
  );
}
