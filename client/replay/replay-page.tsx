import { useEffect, useLayoutEffect, useMemo, useState } from 'react';
import { I18nProvider } from 'react-aria-components';
import { errorText } from '../api/error-text.ts';
import { mayListUsers, mayReplay } from '../app/rights.ts';
import { afterActionPath, navigate } from '../app/router.ts';
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
import { afterActionTexts } from '../i18n/sections/after-action.ts';
import { replayTexts } from '../i18n/sections/replay.ts';
import { useFormats, useT, useTexts } from '../i18n/use-t.ts';
import { useNow } from '../clock/use-now.ts';
import { useLive } from '../store/live.ts';
import { Button } from '../ui/button.tsx';
import { RiskMark } from '../ui/icons/risk-mark.tsx';
import { Notice } from '../ui/notice.tsx';
import { PrefButtons } from '../ui/pref-buttons.tsx';
import { Bookmarks } from './bookmarks.tsx';
import { Centre } from './centre.tsx';
import { openReplay, usePlayer } from './player.ts';
import { recordedOf } from './recorded.ts';
import styles from './replay-page.module.css';
import { TraceSection } from './trace-section.tsx';
import { Transport } from './transport.tsx';
import { WhatIfSection } from './what-if-section.tsx';

/** One incident, or the whole centre for a while, as it was seen: the desk's map and story, fed by a recording. */
export default function ReplayPage({ of }: { of: string }) {
  const t = useT();
  const texts = useTexts(replayTexts);
  const reports = useTexts(afterActionTexts);
  const { role } = useSignedIn();
  const locale = usePrefs(prefs => (prefs.lang === 'zh' ? 'zh-CN' : 'en-GB'));
  const switches = useDesk(desk => desk.switches);
  const ready = usePlayer(player => player.recording !== null);
  const error = usePlayer(player => player.error);
  const recorded = useMemo(() => recordedOf(of), [of]);
  const [chosen, choose] = useState<string | null>(null);
  const incidentId = 'incidentId' in recorded ? recorded.incidentId : chosen;
  const number = useLive(live =>
    incidentId === null ? undefined : live.world.incidents[incidentId]?.number,
  );
  const title = 'from' in recorded ? texts.centre : number === undefined ? texts.title : texts.page(number);
  useTitle(title);
  useReferenceList('stations', true);
  useReferenceList('users', mayListUsers(role));
  useReferenceList('places', switches.places);
  useReferenceList('segments', switches.segments);
  useReferenceList('cameras', switches.cameras);
  useLayoutEffect(() => setDesk({ selection: null, nearest: null, mode: { kind: 'browse' } }), [of]);
  useEffect(() => {
    if (mayReplay(role)) return openReplay(recorded, momentInAddress());
  }, [recorded, role]);
  if (!mayReplay(role)) return <NotBuiltPage />;
  return (
    <I18nProvider locale={locale}>
      <div className={styles.page}>
        <header className={styles.header}>
          <BureauName />
          <h1>{title}</h1>
          <RecordedTime />
          <span className={styles.right}>
            {'incidentId' in recorded && (
              <Button onPress={() => navigate(afterActionPath(recorded.incidentId))}>{reports.open}</Button>
            )}
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
                  {!ready && <Notice title={texts.loading} />}
                  {ready && 'from' in recorded && <Centre chosen={chosen} onChoose={choose} />}
                  {ready && incidentId !== null && <Then key={incidentId} incidentId={incidentId} />}
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
      <TraceSection incident={incident} />
      <WhatIfSection incident={incident} />
      <Bookmarks incidentId={incident.id} />
      <Story incident={incident} />
    </>
  );
}
