import { useState } from 'react';
import { coordinateSystems, type Crs } from '#contract/common.ts';
import type { UnknownDevice } from '#contract/device.ts';
import { addDevice, admitDevice } from '../../api/devices.ts';
import { useAction } from '../../desk/use-action.ts';
import { deviceTexts } from '../../i18n/sections/devices.ts';
import { layersTexts } from '../../i18n/sections/layers.ts';
import { useT, useTexts } from '../../i18n/use-t.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions, DialogForm } from '../../ui/dialog.tsx';
import { ChoiceField, Field, FieldPair } from '../../ui/field.tsx';
import { Problem } from '../../ui/section.tsx';

/** Those that a device can be registered for; officers' phones register themselves. */
const protocols = ['positions', 'osmand', 'owntracks', 'jt808', 'cot'] as const;
type Protocol = (typeof protocols)[number] | 'gateway';

interface DeviceDialogProps {
  /** Null: one of whom nothing was heard yet. */
  stranger: UnknownDevice | null;
  units: readonly { id: string; callsign: string }[];
  onDone: (name: string, token: string | null) => void;
  onClose: () => void;
}

/** Registers a device, or admits one that tried to report. */
export function DeviceDialog({ stranger, units, onDone, onClose }: DeviceDialogProps) {
  const t = useT();
  const texts = useTexts(deviceTexts);
  const { crsName } = useTexts(layersTexts);
  const [protocol, setProtocol] = useState<Protocol>(
    () => protocols.find(each => each === stranger?.protocol) ?? 'positions',
  );
  const [unitId, setUnitId] = useState<string | null>(null);
  const [identifier, setIdentifier] = useState('');
  const [crs, setCrs] = useState<Crs>('wgs84');
  const action = useAction();
  const named = stranger?.identifierMasked ?? null;
  const ready =
    (protocol === 'gateway' || unitId !== null) &&
    (named !== null || identifier.trim() !== '') &&
    !action.busy;
  async function submit(): Promise<void> {
    if (!ready) return;
    let token: string | null = null;
    const typed = identifier.trim();
    const saved = await action.run(async () => {
      if (stranger && unitId !== null && protocol !== 'gateway') {
        const body = { unitId, protocol, crs, ...(named === null && { identifier: typed }) };
        ({ token } = await admitDevice(stranger.id, body));
      } else {
        const unit = protocol === 'gateway' || unitId === null ? {} : { unitId };
        ({ token } = await addDevice({ ...unit, protocol, identifier: typed, crs }));
      }
    });
    if (saved) onDone(units.find(({ id }) => id === unitId)?.callsign ?? typed, token);
  }
  const offered: readonly Protocol[] = stranger ? protocols : [...protocols, 'gateway'];
  return (
    <Dialog
      title={stranger ? `${texts.admit} · ${named ?? texts.noIdentifier}` : texts.add}
      {...(stranger && { hint: texts.admitHint })}
      isOpen
      onClose={onClose}
      role="alertdialog"
    >
      <DialogForm onSubmit={submit}>
        <FieldPair>
          <ChoiceField<Protocol>
            label={texts.protocol}
            value={protocol}
            onChange={setProtocol}
            choices={offered.map(value => ({ value, label: texts.protocols[value] }))}
          />
          <ChoiceField<Crs>
            label={texts.crs}
            value={crs}
            onChange={setCrs}
            choices={coordinateSystems.map(value => ({ value, label: crsName[value] }))}
          />
        </FieldPair>
        {protocol !== 'gateway' && (
          <ChoiceField
            label={texts.unit}
            value={unitId}
            onChange={setUnitId}
            choices={units.map(({ id, callsign }) => ({ value: id, label: callsign }))}
          />
        )}
        {named === null && (
          <Field
            label={texts.identifier}
            value={identifier}
            onChange={setIdentifier}
            maxLength={128}
            autoComplete="off"
            isRequired
          />
        )}
        <Problem>{action.problem}</Problem>
        <DialogActions>
          <Button onPress={onClose}>{t.cancel}</Button>
          <Button variant="primary" type="submit" isDisabled={!ready}>
            {stranger ? texts.admit : texts.register}
          </Button>
        </DialogActions>
      </DialogForm>
    </Dialog>
  );
}
