import type { DeviceRow } from '#contract/device.ts';
import { deviceTexts } from '../../i18n/sections/devices.ts';
import { useFormats, useTexts } from '../../i18n/use-t.ts';
import { Notice } from '../../ui/notice.tsx';
import table from '../identity.module.css';
import { RowMenu } from '../row-menu.tsx';

interface DeviceTableProps {
  devices: readonly DeviceRow[];
  onVerb: (device: DeviceRow, verb: 'rotate' | 'revoke') => void;
}

/** One device a row; those of gateways first, revoked ones last. */
export function DeviceTable({ devices, onVerb }: DeviceTableProps) {
  const texts = useTexts(deviceTexts);
  const formats = useFormats();
  const protocolName = useProtocolName();
  if (devices.length === 0) return <Notice icon="follow" title={texts.none} />;
  const heads = [texts.unit, texts.protocol, texts.identifier, texts.lastUsed, texts.state];
  const stamp = (iso: string) => formats.stamp(Date.parse(iso));
  return (
    <div className={table.scroll}>
      <table className={table.table}>
        <thead>
          <tr>
            {heads.map(head => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
            <td />
          </tr>
        </thead>
        <tbody>
          {devices.map(device => (
            <tr key={device.id} data-off={device.revokedAt !== null || undefined}>
              <th scope="row">{device.callsign ?? texts.protocols.gateway}</th>
              <td>{protocolName(device.protocol)}</td>
              <td>{device.protocol === 'field' ? texts.phone : device.identifier}</td>
              <td>{device.lastUsedAt === null ? texts.never : stamp(device.lastUsedAt)}</td>
              <td>
                {device.revokedAt === null ? texts.inUse : texts.revoked(stamp(device.revokedAt))}
                {device.previousTokenUntil !== null && (
                  <small className={table.warn}>
                    {texts.overlap(formats.timeShort(Date.parse(device.previousTokenUntil)))}
                  </small>
                )}
              </td>
              <td>
                {device.revokedAt === null && (
                  <RowMenu
                    label={`${texts.more} ${device.callsign ?? ''} ${device.identifier}`}
                    items={verbsOf(device).map(id => ({ id, label: texts[id] }))}
                    onChoose={verb => onVerb(device, verb)}
                  />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** An officer's phone has no token to change. */
const verbsOf = ({ protocol }: DeviceRow): ('rotate' | 'revoke')[] =>
  protocol === 'field' ? ['revoke'] : ['rotate', 'revoke'];

/** A protocol in words; one that is new here by its own name. */
export function useProtocolName(): (protocol: string) => string {
  const names: Record<string, string> = useTexts(deviceTexts).protocols;
  return protocol => names[protocol] ?? protocol;
}
