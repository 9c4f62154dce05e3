import { type FormEvent, useState } from 'react';
import { type VehicleKind, vehicleKinds, type VehicleView } from '#contract/roster.ts';
import type { Station } from '../../api/reference.ts';
import { addVehicle, changeVehicle, removeVehicle } from '../../api/roster.ts';
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

interface VehiclesProps {
  vehicles: readonly VehicleView[];
  stations: readonly Station[];
  onChanged: () => void;
}

/** What crews drive. */
export function Vehicles({ vehicles, stations, onChanged }: VehiclesProps) {
  const texts = useTexts(rosterTexts);
  const nameOf = useStationNames(stations);
  const [editing, setEditing] = useState<VehicleView | 'new' | null>(null);
  const done = () => {
    setEditing(null);
    onChanged();
  };
  return (
    <div className={styles.list}>
      <div className={styles.toolbar}>
        <span className={styles.right}>
          <Button icon="plus" onPress={() => setEditing('new')}>
            {texts.newVehicle}
          </Button>
        </span>
      </div>
      {vehicles.length === 0 ? (
        <Notice icon="unit-car" title={texts.noVehicles} />
      ) : (
        <table className={styles.table}>
          <thead>
            <tr>
              <th>{texts.plate}</th>
              <th>{texts.vehicle}</th>
              <th>{texts.station}</th>
              <th>{texts.state}</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {vehicles.map(vehicle => (
              <tr key={vehicle.id} data-off={!vehicle.inService || undefined}>
                <td>{vehicle.plate}</td>
                <td>{texts.vehicleKind[vehicle.kind]}</td>
                <td>{nameOf(vehicle.stationId)}</td>
                <td>{vehicle.inService ? texts.inService : texts.vehicleDown}</td>
                <td>
                  <IconButton
                    icon="edit"
                    label={`${texts.editVehicle} ${vehicle.plate}`}
                    onPress={() => setEditing(vehicle)}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {editing && (
        <VehicleDialog
          vehicle={editing === 'new' ? null : editing}
          stations={stations}
          onClose={() => setEditing(null)}
          onChanged={done}
        />
      )}
    </div>
  );
}

interface VehicleDialogProps {
  vehicle: VehicleView | null;
  stations: readonly Station[];
  onClose: () => void;
  onChanged: () => void;
}

function VehicleDialog({ vehicle, stations, onClose, onChanged }: VehicleDialogProps) {
  const t = useT();
  const texts = useTexts(rosterTexts);
  const own = useSignedIn().stationId;
  const [plate, setPlate] = useState(vehicle?.plate ?? '');
  const [kind, setKind] = useState<VehicleKind>(vehicle?.kind ?? 'car');
  const [stationId, setStationId] = useState(vehicle ? vehicle.stationId : own);
  const [state, setState] = useState<'up' | 'down'>(vehicle?.inService === false ? 'down' : 'up');
  const action = useAction();
  async function submit(form: FormEvent): Promise<void> {
    form.preventDefault();
    const body = { plate: plate.trim(), kind, stationId, inService: state === 'up' };
    if (await action.run(() => (vehicle ? changeVehicle(vehicle.id, body) : addVehicle(body)))) onChanged();
  }
  return (
    <Dialog
      title={vehicle ? texts.editVehicle : texts.newVehicle}
      isOpen
      onClose={onClose}
      role="alertdialog"
    >
      <form className={styles.form} onSubmit={form => void submit(form)}>
        <div className={styles.pair}>
          <Field label={texts.plate} value={plate} onChange={setPlate} isRequired autoFocus maxLength={16} />
          <ChoiceField
            label={texts.vehicle}
            value={kind}
            onChange={setKind}
            choices={vehicleKinds.map(value => ({ value, label: texts.vehicleKind[value] }))}
          />
          <StationChoice stations={stations} value={stationId} onChange={setStationId} />
          <ChoiceField
            label={texts.state}
            value={state}
            onChange={setState}
            choices={[
              { value: 'up' as const, label: texts.inService },
              { value: 'down' as const, label: texts.vehicleDown },
            ]}
          />
        </div>
        <Problem>{action.problem}</Problem>
        <DialogActions>
          {vehicle && (
            <Button
              variant="danger"
              isDisabled={action.busy}
              onPress={() => void action.run(() => removeVehicle(vehicle.id)).then(ok => ok && onChanged())}
            >
              {texts.remove}
            </Button>
          )}
          <Button onPress={onClose}>{t.cancel}</Button>
          <Button variant="primary" type="submit" isDisabled={action.busy || plate.trim() === ''}>
            {texts.save}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
