import { useEffect, useLayoutEffect } from 'react';
import { I18nProvider } from 'react-aria-components';
import { errorText } from '../api/error-text.ts';
import { mayListUsers, mayReplay } from '../app/rights.ts';
import { navigate } from '../app/router.ts';
import { NotBuiltPage } from '../app/not-built-page.tsx';
import { usePrefs } from '../app/prefs.ts';
import { useSignedIn } from '../app/session.ts';
import { useTitle } from '../app/use-title.ts';
import { BureauName } from '../desk/bureau.tsx';
import { setDesk, useDesk } from '../desk/desk-store.ts';
import { Clocks } from '../desk/loop/clocks.tsx';
import { MapPane } from '../desk/map-pane.tsx';
import { useReferenceList } from '../desk/reference.ts';
import { Story } from '../desk/story/story.tsx';
import { replayTexts } from '../i18n/sections/replay.ts';
import { useFormats, useT, useTexts } from '../i18n/use-t.ts';
import { useNow } from '../clock/use-now.ts';
import { useLive } from '../store/live.ts';
import { Button } from '../ui/button.tsx';
import { RiskMark } from '../ui/icons/risk-mark.tsx';
import { Notice } from '../ui/notice.tsx';
import { PrefButtons } from '../ui/pref-buttons.tsx';
import { openReplay, usePlayer } from './player.ts';
import styles from './replay-page.module.css';
import { Transport } from './transport.tsx';

/** One incident as it was seen: the desk's map and story, fed by a recording. */
export default function ReplayPage({ incidentId }: { incidentId: string }) {
  const t = useT();
  const texts = useTexts(replayTexts);
  const { role } = useSignedIn();
  const locale = usePrefs(prefs => (prefs.lang === 'zh' ? 'zh-CN' : 'en-GB'));
  const switches = useDesk(desk => desk.switches);
  const ready = usePlayer(player => player.recording !== null);
  const error = usePlayer(player => player.error);
  const number = useLive(live => live.world.incidents[incidentId]?.number);
  useTitle(number === undefined ? texts.title : texts.page(number));
  useReferenceList('stations', true);
  useReferenceList('users', mayListUsers(role));
  useReferenceList('places', switches.places);
  useReferenceList('segments', switches.segments);
  useReferenceList('cameras', switches.cameras);
  useLayoutEffect(() => setDesk({ selection: null, nearest: null, mode: { kind: 'browse' } }), [incidentId]);
  useEffect(() => {
    if (mayReplay(role)) return openReplay(incidentId, momentInAddress());
  }, [incidentId, role]);
  if (!mayReplay(role)) return <NotBuiltPage />;
  return (
    <I18nProvider locale={locale}>
      <div className={styles.page}>
        <header className={styles.header}>
          <BureauName />
          <h1>{number === undefined ? texts.title : texts.page(number)}</h1>
          <RecordedTime />
          <span className={styles.right}>
            <Button onPress={() => navigate('/replay')}>{texts.back}</Button>
            <PrefButtons />
          </span>
        </header>
        {error ? (
          <Notice icon="warning" title={errorText(error, t)} full />
        ) : (
          <MapPane incidentId={incidentId} past over={null}>
            {map => (
              <main className={styles.columns}>
                {map}
                <aside className={styles.side} aria-label={t.incident.page}>
                  {ready ? <Then incidentId={incidentId} /> : <Notice title={texts.loading} />}
                </aside>
              </main>
            )}
          </MapPane>
        )}
        <Transport />
      </div>
    </I18nProvider>
  );
}

/** The moment that a link names, ms since 1970. */
function momentInAddress(): number | null {
  const atMs = Date.parse(new URLSearchParams(location.search).get('at') ?? '');
  return Number.isNaN(atMs) ? null : atMs;
}

function RecordedTime() {
  const formats = useFormats();
  const ready = usePlayer(player => player.recording !== null);
  const now = useNow();
  if (!ready) return null;
  return (
    <time className={styles.time}>
      {formats.day(now)} <strong>{formats.time(now)}</strong>
    </time>
  );
}

/** The incident as it stood. */
function Then({ incidentId }: { incidentId: string }) {
  const t = useT();
  const texts = useTexts(replayTexts);
  const incident = useLive(live => live.world.incidents[incidentId]);
  if (!incident) return <Notice icon="clock" title={texts.nothing} hint={texts.nothingHint} />;
  const { number, risk, subject, scamType, state } = incident;
  return (
    <>
      <h2 className={styles.subject}>
        <RiskMark risk={risk} number={number} size="2em" label={t.queue.label(number, t.risk[risk])} />
        {[subject?.nameMasked, t.scam[scamType], texts.states[state]].filter(Boolean).join(' · ')}
      </h2>
      <Clocks incident={incident} />
      <Story incident={incident} />
    </>
  );
}
