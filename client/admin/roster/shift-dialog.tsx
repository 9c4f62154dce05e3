import { useState } from 'react';
import type { OfficerView, ShiftBody, VehicleView } from '#contract/roster.ts';
import { overlaps } from '#domain/roster.ts';
import { cancelShift, changeShift, planShift, type RosterView } from '../../api/roster.ts';
import { useAction } from '../../desk/use-action.ts';
import { rosterTexts } from '../../i18n/sections/roster.ts';
import { useTexts } from '../../i18n/use-t.ts';
import { Dialog, DialogForm } from '../../ui/dialog.tsx';
import { ChoiceField, FieldPair } from '../../ui/field.tsx';
import { Problem } from '../../ui/section.tsx';
import { useClashText } from './clash-text.ts';
import { Crew } from './crew.tsx';
import { EditActions } from './edit-actions.tsx';
import styles from './roster.module.css';
import { fromWallClock, toWallClock } from './timeline.ts';

/** A shift as it is being planned; with an id it is there already. */
export type ShiftDraft = ShiftBody & { id?: string };

interface ShiftDialogProps {
  draft: ShiftDraft;
  roster: RosterView;
  onClose: () => void;
  onChanged: () => void;
}

const none = '-';

/** Plans a shift or changes one. Whoever is in another shift at that time cannot be chosen. */
export function ShiftDialog({ draft, roster, onClose, onChanged }: ShiftDialogProps) {
  const texts = useTexts(rosterTexts);
  const [from, setFrom] = useState(toWallClock(draft.startsAt));
  const [to, setTo] = useState(toWallClock(draft.endsAt));
  const [officerIds, setOfficerIds] = useState<readonly string[]>(draft.officerIds);
  const [vehicleId, setVehicleId] = useState(draft.vehicleId ?? none);
  const action = useAction();
  const clash = useClashText();
  const { unitId, id } = draft;
  const unit = roster.units.find(each => each.id === unitId);
  const span = { startsAt: fromWallClock(from), endsAt: fromWallClock(to) };
  const { startsAt, endsAt } = span;
  const sound = startsAt !== undefined && endsAt !== undefined && startsAt < endsAt;
  const elsewhere = sound
    ? roster.shifts.filter(each => each.id !== id && overlaps(each, { startsAt, endsAt }))
    : [];
  const callsignOf = (shift: { unitId: string } | undefined) =>
    shift && roster.units.find(each => each.id === shift.unitId)?.callsign;
  // Its station's people come first; those of others are lent, which is seldom.
  const isOwn = (officer: OfficerView) =>
    officer.stationId === unit?.stationId || draft.officerIds.includes(officer.id);
  const own = roster.officers.filter(isOwn);
  const others = roster.officers.filter(officer => !isOwn(officer));
  const ownFirst = (a: VehicleView, b: VehicleView) =>
    Number(b.stationId === unit?.stationId) - Number(a.stationId === unit?.stationId);
  const choosing = {
    chosen: officerIds,
    busyIn: (officerId: string) => callsignOf(elsewhere.find(each => each.officerIds.includes(officerId))),
    onChange: setOfficerIds,
  };
  async function submit(): Promise<void> {
    if (!sound) return;
    const body = {
      startsAt,
      endsAt,
      officerIds: [...officerIds],
      vehicleId: vehicleId === none ? null : vehicleId,
    };
    const save = () => clash.watch(id === undefined ? planShift({ unitId, ...body }) : changeShift(id, body));
    if (await action.run(save)) onChanged();
  }
  return (
    <Dialog
      title={`${id === undefined ? texts.newShift : texts.editShift} · ${unit?.callsign ?? ''}`}
      isOpen
      onClose={onClose}
      wide
      role="alertdialog"
    >
      <DialogForm onSubmit={submit}>
        <FieldPair>
          <label className={styles.labelled}>
            {texts.startsAt}
            <input
              type="datetime-local"
              value={from}
              onChange={typed => setFrom(typed.target.value)}
              required
            />
          </label>
          <label className={styles.labelled}>
            {texts.endsAt}
            <input
              type="datetime-local"
              value={to}
              min={from}
              onChange={typed => setTo(typed.target.value)}
              required
            />
          </label>
        </FieldPair>
        <fieldset className={styles.crew}>
          <legend>{texts.crew}</legend>
          {roster.officers.length === 0 && <p>{texts.noOfficers}</p>}
          {own.length > 0 && <Crew officers={own} {...choosing} />}
          {others.length > 0 && (
            <details className={styles.others}>
              <summary>{texts.otherStations(others.length)}</summary>
              <Crew officers={others} {...choosing} />
            </details>
          )}
        </fieldset>
        <ChoiceField
          label={texts.vehicle}
          value={vehicleId}
          onChange={setVehicleId}
          isRequired={false}
          choices={[
            { value: none, label: texts.noVehicle },
            ...roster.vehicles.toSorted(ownFirst).map(({ id: value, plate, inService }) => {
              const busy = callsignOf(elsewhere.find(each => each.vehicleId === value));
              const note = inService ? busy && texts.busy(busy) : texts.vehicleDown;
              return { value, label: note ? `${plate} (${note})` : plate };
            }),
          ]}
        />
        <Problem>{clash.text ?? action.problem}</Problem>
        <EditActions
          action={action}
          isComplete={sound}
          removeText={texts.cancelShift}
          remove={id === undefined ? undefined : () => cancelShift(id)}
          onClose={onClose}
          onChanged={onChanged}
        />
      </DialogForm>
    </Dialog>
  );
}
