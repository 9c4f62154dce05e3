import { useEffect } from 'react';
import { I18nProvider } from 'react-aria-components';
import type { Role } from '#contract/incident.ts';
import { usePrefs } from '../app/prefs.ts';
import { maySeeStations } from '../app/rights.ts';
import { navigate, stationPath } from '../app/router.ts';
import { signOut, useSignedIn } from '../app/session.ts';
import { useTitle } from '../app/use-title.ts';
import { BureauName, WallClock } from '../desk/bureau.tsx';
import { LinkState, StaleBanner } from '../desk/link-state.tsx';
import { StationField } from '../desk/loop/order-station-field.tsx';
import { forgetReference, useReference, useReferenceList } from '../desk/reference.ts';
import { useStationName } from '../desk/station-name.ts';
import { stationTexts } from '../i18n/sections/station.ts';
import { useT, useTexts } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { PrefButtons } from '../ui/pref-buttons.tsx';
import { StationBoard } from './station-board.tsx';
import styles from './station.module.css';

/** Whose page is their own station's. */
const ofOneStation: readonly Role[] = ['station', 'field'];

/** The page of a station's duty officer: what the station is ordered to do. The centre may look at any station's. */
export default function StationPage({ stationId: wanted }: { stationId: string | null }) {
  const texts = useTexts(stationTexts);
  const { role, stationId: own, userId } = useSignedIn();
  const locale = usePrefs(prefs => (prefs.lang === 'zh' ? 'zh-CN' : 'en-GB'));
  const first = useReference(reference => reference.stations[0]?.id ?? null);
  useTitle(texts.page);
  useEffect(() => forgetReference, [userId]);
  useReferenceList('stations', true);
  if (!maySeeStations(role)) return <Notice icon="info" title={texts.notForRole} full />;
  const bound = ofOneStation.includes(role);
  const stationId = bound ? own : (wanted ?? first);
  return (
    <I18nProvider locale={locale}>
      <div className={styles.page}>
        <Header stationId={stationId} />
        <StaleBanner />
        {stationId === null ? (
          <Notice icon="info" title={bound ? texts.noStation : texts.pick} full />
        ) : (
          <StationBoard key={stationId} stationId={stationId} />
        )}
      </div>
    </I18nProvider>
  );
}

function Header({ stationId }: { stationId: string | null }) {
  const t = useT();
  const texts = useTexts(stationTexts);
  const { role, displayName } = useSignedIn();
  const name = useStationName(stationId);
  return (
    <header className={styles.header}>
      <BureauName />
      {ofOneStation.includes(role) ? (
        <h2>{name}</h2>
      ) : (
        <span className={styles.picker}>
          <StationField
            label={texts.pick}
            value={stationId}
            onChange={id => navigate(stationPath(id), 'replace')}
          />
        </span>
      )}
      <span className={styles.right}>
        <LinkState />
        <WallClock />
        <Button icon="layers" onPress={() => navigate('/desk')}>
          {texts.desk}
        </Button>
        <PrefButtons />
        <Button variant="quiet" icon="person" onPress={() => navigate('/account')}>
          {displayName}
        </Button>
        <Button variant="quiet" icon="logout" aria-label={t.header.signOut} onPress={() => void signOut()} />
      </span>
    </header>
  );
}
