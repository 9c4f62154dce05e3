import { lazy, Suspense, useEffect, useLayoutEffect } from 'react';
import { I18nProvider } from 'react-aria-components';
import { mayAnswerLeaderCalls, mayBreakGlass, mayListUsers } from '../app/rights.ts';
import { hasDesk } from '../app/home.ts';
import { NotBuiltPage } from '../app/not-built-page.tsx';
import { usePrefs } from '../app/prefs.ts';
import { useSignedIn } from '../app/session.ts';
import { useTitle } from '../app/use-title.ts';
import { useT } from '../i18n/use-t.ts';
import { Notice } from '../ui/notice.tsx';
import { AlertDialog } from './alert-dialog.tsx';
import styles from './desk-page.module.css';
import { setDesk, useDesk } from './desk-store.ts';
import { Header } from './header.tsx';
import { HelpDialog } from './help-dialog.tsx';
import { IncidentPanel } from './incident/incident-panel.tsx';
import { recallTab } from './incident/panel-tab.ts';
import { StaleBanner } from './link-state.tsx';
import { PastBanner } from './locate/past-banner.tsx';
import { MapCards } from './map-cards.tsx';
import { MapPane } from './map-pane.tsx';
import { MapTools } from './map-tools.tsx';
import { useNearestRefresh } from './nearest.ts';
import { Queue } from './queue.tsx';
import { forgetReference, useReferenceList } from './reference.ts';
import { CloseRoadDialog } from './roads/close-road-dialog.tsx';
import { PaletteOpener } from './palette/opener.tsx';
import { useShortcuts } from './shortcuts.ts';
import { leadWindows } from './windows/mirror.ts';
import { isMapWindow } from './windows/open.ts';

const LeaderCalls = lazy(() => import('./leader-calls/leader-calls.tsx'));
const ImportDialog = lazy(() => import('./intake/import-dialog.tsx'));
const BreachStrip = lazy(() => import('./breaches/breach-strip.tsx'));
const GlassAlarms = lazy(() => import('./glass/glass-alarms.tsx'));
const Palette = lazy(() => import('./palette/palette.tsx'));
const MapWindow = lazy(() => import('./windows/map-window.tsx'));

/** The working screen of the centre: queue, map, incident. */
export function DeskPage({ incidentId }: { incidentId: string | null }) {
  const { role } = useSignedIn();
  const locale = usePrefs(prefs => (prefs.lang === 'zh' ? 'zh-CN' : 'en-GB'));
  if (!hasDesk(role)) return <NotBuiltPage />;
  return (
    <I18nProvider locale={locale}>
      {isMapWindow() ? (
        <Suspense>
          <MapWindow incidentId={incidentId} />
        </Suspense>
      ) : (
        <Desk incidentId={incidentId} />
      )}
    </I18nProvider>
  );
}

function Desk({ incidentId }: { incidentId: string | null }) {
  const t = useT();
  const { role, userId } = useSignedIn();
  const switches = useDesk(desk => desk.switches);
  const dialog = useDesk(desk => desk.dialog);
  useTitle(incidentId === null ? t.pages.desk : t.incident.page);
  useEffect(() => forgetReference, [userId]);
  useReferenceList('stations', true);
  useReferenceList('users', mayListUsers(role));
  useReferenceList('places', switches.places);
  useReferenceList('segments', switches.segments);
  useReferenceList('cameras', switches.cameras || switches.coverage);
  useReferenceList('servedGround', switches.coverage);
  useReferenceList('coverage', switches.coverage);
  useNearestRefresh();
  useEffect(leadWindows, [userId]);
  useLayoutEffect(() => recallTab(userId), [userId]);
  // Another incident: what was looked at around the last one is over. Before the panel's effects, which begin anew.
  useLayoutEffect(() => setDesk({ selection: null, nearest: null, mode: { kind: 'browse' } }), [incidentId]);

  return (
    <div className={styles.page}>
      <Header />
      {mayAnswerLeaderCalls(role) && (
        <Suspense>
          <LeaderCalls />
        </Suspense>
      )}
      {mayBreakGlass(role) && (
        <Suspense>
          <GlassAlarms />
        </Suspense>
      )}
      <Suspense>
        <BreachStrip />
      </Suspense>
      <MapPane
        incidentId={incidentId}
        over={
          <>
            <StaleBanner />
            <PastBanner />
            <div className={styles.search}>
              <PaletteOpener />
            </div>
            <MapTools />
            <MapCards incidentId={incidentId} />
          </>
        }
      >
        {map => (
          <main className={styles.columns}>
            <div className={styles.left}>
              <Queue selectedId={incidentId} />
            </div>
            {map}
            <aside className={styles.right} aria-label={t.incident.page}>
              {incidentId === null ? (
                <Notice icon="list" title={t.incident.select} hint={t.incident.selectHint} />
              ) : (
                <IncidentPanel incidentId={incidentId} />
              )}
            </aside>
            <Shortcuts />
            {dialog === 'palette' && (
              <Suspense>
                <Palette onClose={() => setDesk({ dialog: null })} />
              </Suspense>
            )}
          </main>
        )}
      </MapPane>
      {dialog === 'help' && <HelpDialog onClose={() => setDesk({ dialog: null })} />}
      <CloseRoadDialog />
      {dialog === 'import' && (
        <Suspense>
          <ImportDialog onClose={() => setDesk({ dialog: null })} />
        </Suspense>
      )}
      {dialog === 'alert' && <AlertDialog onClose={() => setDesk({ dialog: null })} />}
    </div>
  );
}

/** Inside the map's context, since keys move the map. */
function Shortcuts() {
  useShortcuts();
  return null;
}
