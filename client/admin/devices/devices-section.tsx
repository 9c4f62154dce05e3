import { useState } from 'react';
import type { DeviceRow, UnknownDevice } from '#contract/device.ts';
import { fetchDevices, fetchUnits, fetchUnknownDevices } from '../../api/devices.ts';
import { errorText } from '../../api/error-text.ts';
import { useQuery } from '../../desk/use-query.ts';
import { deviceTexts } from '../../i18n/sections/devices.ts';
import { useT, useTexts } from '../../i18n/use-t.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Problem, Section } from '../../ui/section.tsx';
import table from '../identity.module.css';
import { SecretDialog } from '../secret-dialog.tsx';
import { DeviceDialog } from './device-dialog.tsx';
import { DeviceTable } from './device-table.tsx';
import { ConfirmDevice } from './confirm-device.tsx';
import { UnknownTable } from './unknown-table.tsx';

type Asking =
  | { what: 'new' }
  | { what: 'admit'; stranger: UnknownDevice }
  | { what: 'rotate' | 'revoke'; device: DeviceRow }
  | { what: 'token'; name: string; token: string };

const tabs = ['known', 'unknown'] as const;

/** What reports positions: its tokens, when it was last heard, and who tries without being known. */
export default function DevicesSection() {
  const t = useT();
  const texts = useTexts(deviceTexts);
  const devices = useQuery('devices', fetchDevices);
  const strangers = useQuery('unknownDevices', fetchUnknownDevices);
  const units = useQuery('units', fetchUnits);
  const [tab, setTab] = useState<(typeof tabs)[number]>('known');
  const [wanted, setWanted] = useState('');
  const [asking, setAsking] = useState<Asking | null>(null);
  const error = devices.error ?? strangers.error ?? units.error;
  if (!devices.data || !strangers.data || !units.data) {
    return error === undefined ? <Notice title={t.loading} full /> : <Problem>{errorText(error, t)}</Problem>;
  }
  const words = wanted.trim().toLowerCase();
  const shown = devices.data.filter(({ callsign, identifier }) =>
    `${callsign ?? ''} ${identifier}`.toLowerCase().includes(words),
  );
  const close = () => setAsking(null);
  const done = (name: string, token: string | null) => {
    setAsking(token === null ? null : { what: 'token', name, token });
    devices.reload();
    strangers.reload();
  };
  const counts = { known: devices.data.length, unknown: strangers.data.length };
  return (
    <div className={table.page}>
      <h2 className="visually-hidden">{texts.title}</h2>
      <div className={table.tabs} role="tablist" aria-label={texts.title}>
        {tabs.map(each => (
          <button
            key={each}
            type="button"
            role="tab"
            aria-selected={each === tab}
            onClick={() => setTab(each)}
          >
            {texts.tabs[each]} {counts[each]}
          </button>
        ))}
      </div>
      {tab === 'known' ? (
        <Section title={texts.title} icon="follow">
          <p className={table.hint}>{texts.hint}</p>
          <div className={table.bar}>
            <Field label={texts.search} value={wanted} onChange={setWanted} type="search" unmarked />
            <Button variant="primary" icon="plus" onPress={() => setAsking({ what: 'new' })}>
              {texts.add}
            </Button>
          </div>
          <DeviceTable devices={shown} onVerb={(device, what) => setAsking({ what, device })} />
        </Section>
      ) : (
        <Section title={texts.tabs.unknown} icon="warning">
          <p className={table.hint}>{texts.unknownHint}</p>
          <UnknownTable
            strangers={strangers.data}
            onAdmit={stranger => setAsking({ what: 'admit', stranger })}
            onChanged={strangers.reload}
          />
        </Section>
      )}
      {(asking?.what === 'new' || asking?.what === 'admit') && (
        <DeviceDialog
          stranger={asking.what === 'admit' ? asking.stranger : null}
          units={units.data}
          onDone={done}
          onClose={close}
        />
      )}
      {(asking?.what === 'rotate' || asking?.what === 'revoke') && (
        <ConfirmDevice device={asking.device} verb={asking.what} onDone={done} onClose={close} />
      )}
      {asking?.what === 'token' && (
        <SecretDialog
          title={texts.tokenFor(asking.name)}
          hint={texts.tokenHint}
          label={texts.token}
          secret={asking.token}
          onClose={close}
        />
      )}
    </div>
  );
}
