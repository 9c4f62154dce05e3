import type { UnknownDevice } from '#contract/device.ts';
import { dismissDevice } from '../../api/devices.ts';
import { useAction } from '../../desk/use-action.ts';
import { deviceTexts } from '../../i18n/sections/devices.ts';
import { useFormats, useTexts } from '../../i18n/use-t.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Problem } from '../../ui/section.tsx';
import table from '../identity.module.css';
import { useProtocolName } from './device-table.tsx';

interface UnknownTableProps {
  strangers: readonly UnknownDevice[];
  onAdmit: (stranger: UnknownDevice) => void;
  onChanged: () => void;
}

/** Who tried to report and is not known, the newest attempt first. */
export function UnknownTable({ strangers, onAdmit, onChanged }: UnknownTableProps) {
  const texts = useTexts(deviceTexts);
  const formats = useFormats();
  const protocolName = useProtocolName();
  const action = useAction();
  if (strangers.length === 0) return <Notice icon="check" title={texts.noUnknown} />;
  const heads = [
    texts.identifier,
    texts.protocol,
    texts.state,
    texts.address,
    texts.attempts,
    texts.first,
    texts.last,
  ];
  const stamp = (iso: string) => formats.stamp(Date.parse(iso));
  return (
    <div className={table.scroll}>
      <Problem>{action.problem}</Problem>
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
          {strangers.map(stranger => (
            <tr key={stranger.id}>
              <th scope="row">
                {stranger.identifierMasked ?? <span className={table.hint}>{texts.noIdentifier}</span>}
              </th>
              <td>{protocolName(stranger.protocol)}</td>
              <td>{stranger.gateway === null ? texts.direct : texts.via(stranger.gateway)}</td>
              <td>{stranger.address}</td>
              <td className={table.number}>{formats.number(stranger.attempts)}</td>
              <td>{stamp(stranger.firstAt)}</td>
              <td>{stamp(stranger.lastAt)}</td>
              <td>
                <Button size="s" onPress={() => onAdmit(stranger)}>
                  {texts.admit}
                </Button>{' '}
                <Button
                  size="s"
                  variant="quiet"
                  isDisabled={action.busy}
                  onPress={() =>
                    void action.run(() => dismissDevice(stranger.id)).then(done => done && onChanged())
                  }
                >
                  {texts.dismiss}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
