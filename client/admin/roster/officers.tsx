import { type FormEvent, useState } from 'react';
import type { OfficerView } from '#contract/roster.ts';
import type { Station } from '../../api/reference.ts';
import { addOfficer, changeOfficer, removeOfficer } from '../../api/roster.ts';
import { useSignedIn } from '../../app/session.ts';
import { useAction } from '../../desk/use-action.ts';
import { rosterTexts } from '../../i18n/sections/roster.ts';
import { useT, useTexts } from '../../i18n/use-t.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { ChoiceField, Field } from '../../ui/field.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Problem } from '../../ui/section.tsx';
import styles from './roster.module.css';
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
  const [editing, setEditing] = useState<OfficerView | 'new' | null>(null);
  const done = () => {
    setEditing(null);
    onChanged();
  };
  return (
    <div className={styles.list}>
      <div className={styles.toolbar}>
        <span className={styles.right}>
          <Button icon="plus" onPress={() => setEditing('new')}>
            {texts.newOfficer}
          </Button>
        </span>
      </div>
      {officers.length === 0 ? (
        <Notice icon="people" title={texts.noOfficers} />
      ) : (
        <table className={styles.table}>
          <thead>
            <tr>
              <th>{texts.name}</th>
              <th>{texts.badgeNumber}</th>
              <th>{texts.kind}</th>
              <th>{texts.station}</th>
              <th>{texts.phone}</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {officers.map(officer => (
              <tr key={officer.id}>
                <td>{officer.name}</td>
                <td>{officer.badgeNumber}</td>
                <td>{officer.sworn ? texts.sworn : texts.auxiliary}</td>
                <td>{nameOf(officer.stationId)}</td>
                <td>{officer.phoneMasked}</td>
                <td>
                  <IconButton
                    icon="edit"
                    label={`${texts.editOfficer} ${officer.name}`}
                    onPress={() => setEditing(officer)}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {editing && (
        <OfficerDialog
          officer={editing === 'new' ? null : editing}
          stations={stations}
          onClose={() => setEditing(null)}
          onChanged={done}
        />
      )}
    </div>
  );
}

interface OfficerDialogProps {
  officer: OfficerView | null;
  stations: readonly Station[];
  onClose: () => void;
  onChanged: () => void;
}

function OfficerDialog({ officer, stations, onClose, onChanged }: OfficerDialogProps) {
  const t = useT();
  const texts = useTexts(rosterTexts);
  const own = useSignedIn().stationId;
  const [name, setName] = useState(officer?.name ?? '');
  const [badgeNumber, setBadgeNumber] = useState(officer?.badgeNumber ?? '');
  const [kind, setKind] = useState<'sworn' | 'auxiliary'>(officer?.sworn === false ? 'auxiliary' : 'sworn');
  const [stationId, setStationId] = useState(officer ? officer.stationId : own);
  const [phone, setPhone] = useState('');
  const action = useAction();
  async function submit(form: FormEvent): Promise<void> {
    form.preventDefault();
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
      <form className={styles.form} onSubmit={form => void submit(form)}>
        <div className={styles.pair}>
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
        </div>
        <Field
          label={texts.phone}
          value={phone}
          onChange={setPhone}
          type="tel"
          {...(officer && { hint: texts.phoneKept })}
        />
        <Problem>{action.problem}</Problem>
        <DialogActions>
          {officer && (
            <Button
              variant="danger"
              isDisabled={action.busy}
              onPress={() => void action.run(() => removeOfficer(officer.id)).then(ok => ok && onChanged())}
            >
              {texts.remove}
            </Button>
          )}
          <Button onPress={onClose}>{t.cancel}</Button>
          <Button
            variant="primary"
            type="submit"
            isDisabled={action.busy || name.trim() === '' || badgeNumber.trim() === ''}
          >
            {texts.save}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
