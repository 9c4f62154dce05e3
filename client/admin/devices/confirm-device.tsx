import type { DeviceRow } from '#contract/device.ts';
import { revokeDevice, rotateDevice } from '../../api/devices.ts';
import { deviceTexts } from '../../i18n/sections/devices.ts';
import { useTexts } from '../../i18n/use-t.ts';
import { ConfirmDialog } from '../confirm-dialog.tsx';

interface ConfirmDeviceProps {
  device: DeviceRow;
  verb: 'rotate' | 'revoke';
  /** With the new token, when one was made. */
  onDone: (name: string, token: string | null) => void;
  onClose: () => void;
}

/** Asks once more before a device's token is changed or taken away. */
export function ConfirmDevice({ device, verb, onDone, onClose }: ConfirmDeviceProps) {
  const texts = useTexts(deviceTexts);
  const name = device.callsign ?? device.identifier;
  const act = async () => {
    if (verb === 'rotate') return (await rotateDevice(device.id)).token;
    await revokeDevice(device.id);
    return null;
  };
  return (
    <ConfirmDialog
      title={`${texts[verb]} · ${name}`}
      hint={verb === 'rotate' ? texts.rotateHint : texts.revokeHint}
      confirm={texts[verb]}
      isDanger={verb === 'revoke'}
      act={act}
      onDone={token => onDone(name, token)}
      onClose={onClose}
    />
  );
}
