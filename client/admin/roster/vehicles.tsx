import { useState } from 'react';
import { type VehicleKind, vehicleKinds, type VehicleView } from '#contract/roster.ts';
import type { Station } from '../../api/reference.ts';
import { addVehicle, changeVehicle, removeVehicle } from '../../api/roster.ts';
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

interface VehiclesProps {
  vehicles: readonly VehicleView[];
  stations: readonly Station[];
  onChanged: () => void;
}

/** What crews drive. */
export function Vehicles({ vehicles, stations, onChanged }: VehiclesProps) {
  const texts = useTexts(rosterTexts);
  const nameOf = useStationNames(stations);
  return (
    <Directory
      items={vehicles}
      heads={[texts.plate, texts.vehicle, texts.station, texts.state]}
      cells={({ plate, kind, stationId, inService }) => [
        plate,
        texts.vehicleKind[kind],
        nameOf(stationId),
        inService ? texts.inService : texts.vehicleDown,
      ]}
      isOff={({ inService }) => !inService}
      newText={texts.newVehicle}
      editText={({ plate }) => `${texts.editVehicle} ${plate}`}
      empty={<Notice icon="unit-car" title={texts.noVehicles} />}
      dialog={(vehicle, onClose) => (
        <VehicleDialog
          vehicle={vehicle}
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

interface VehicleDialogProps {
  vehicle: VehicleView | null;
  stations: readonly Station[];
  onClose: () => void;
  onChanged: () => void;
}

function VehicleDialog({ vehicle, stations, onClose, onChanged }: VehicleDialogProps) {
  const texts = useTexts(rosterTexts);
  const own = useSignedIn().stationId;
  const [plate, setPlate] = useState(vehicle?.plate ?? '');
  const [kind, setKind] = useState<VehicleKind>(vehicle?.kind ?? 'car');
  const [stationId, setStationId] = useState(vehicle ? vehicle.stationId : own);
  const [state, setState] = useState<'up' | 'down'>(vehicle?.inService === false ? 'down' : 'up');
  const action = useAction();
  async function submit(): Promise<void> {
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
      <DialogForm onSubmit={submit}>
        <FieldPair>
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
        </FieldPair>
        <Problem>{action.problem}</Problem>
        <EditActions
          action={action}
          isComplete={plate.trim() !== ''}
          removeText={texts.remove}
          remove={vehicle ? () => removeVehicle(vehicle.id) : undefined}
          onClose={onClose}
          onChanged={onChanged}
        />
      </DialogForm>
    </Dialog>
  );
}
