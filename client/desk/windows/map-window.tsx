import { useEffect, useState } from 'react';
import { useSignedIn } from '../../app/session.ts';
import { useTitle } from '../../app/use-title.ts';
import { deskTexts } from '../../i18n/sections/desk.ts';
import { useT, useTexts } from '../../i18n/use-t.ts';
import { useLive } from '../../store/live.ts';
import { Icon } from '../../ui/icons/icon.tsx';
import { RiskMark } from '../../ui/icons/risk-mark.tsx';
import { useDesk } from '../desk-store.ts';
import { LinkState, StaleBanner } from '../link-state.tsx';
import { forgetLocate } from '../locate/locate-store.ts';
import { PastBanner } from '../locate/past-banner.tsx';
import { MapCards } from '../map-cards.tsx';
import { MapPane } from '../map-pane.tsx';
import { MapTools } from '../map-tools.tsx';
import { useReferenceList } from '../reference.ts';
import { useTaskFeed } from '../tasks/use-task-feed.ts';
import { tasksOf } from '../tasks/selectors.ts';
import styles from './map-window.module.css';
import { followDesk } from './mirror.ts';

/** The second screen: the whole window is the map, in step with the desk of the same browser, over the same connection. */
export default function MapWindow({ incidentId }: { incidentId: string | null }) {
  const t = useT();
  const texts = useTexts(deskTexts).window;
  const { userId } = useSignedIn();
  const switches = useDesk(desk => desk.switches);
  const [desk, setDeskThere] = useState<boolean | null>(null);
  const traced = useLive(live => incidentId !== null && live.traceReasons[incidentId] !== undefined);
  useTitle(texts.title);
  useEffect(() => followDesk(setDeskThere), [userId]);
  // The look is over, whatever the desk has managed to say of it.
  useEffect(() => {
    if (!traced) forgetLocate();
  }, [traced, incidentId]);
  useReferenceList('stations', true);
  useReferenceList('places', switches.places);
  useReferenceList('segments', switches.segments);
  useReferenceList('cameras', switches.cameras || switches.coverage);
  useReferenceList('servedGround', switches.coverage);
  useReferenceList('coverage', switches.coverage);
  return (
    <main className={styles.page} aria-label={texts.title}>
      {incidentId !== null && <TaskWays incidentId={incidentId} />}
      <MapPane
        incidentId={incidentId}
        over={
          <>
            <StaleBanner />
            <PastBanner />
            <div className={styles.state} data-alone={desk === false || undefined} role="status">
              {desk === true ? (
                <Followed incidentId={incidentId} />
              ) : (
                <>
                  <Icon name={desk === false ? 'offline' : 'clock'} />
                  {desk === false ? texts.alone : texts.waiting}
                </>
              )}
              <LinkState />
            </div>
            <MapTools />
            <MapCards incidentId={incidentId} />
          </>
        }
      >
        {map => map}
      </MapPane>
      <h1 className="visually-hidden">{t.pages.desk}</h1>
    </main>
  );
}

function Followed({ incidentId }: { incidentId: string | null }) {
  const t = useT();
  const texts = useTexts(deskTexts).window;
  const incident = useLive(live => live.world.incidents[incidentId ?? '']);
  if (!incident) return <>{texts.following(texts.nothing)}</>;
  const { number, risk, subject, scamType } = incident;
  return (
    <>
      <RiskMark risk={risk} number={number} size="1.6em" label={t.queue.label(number, t.risk[risk])} />
      {texts.following(`${subject?.nameMasked ?? t.queue.noSubject} · ${t.scam[scamType]}`)}
    </>
  );
}

/** Where crews were sent, as the desk shows it. */
function TaskWays({ incidentId }: { incidentId: string }) {
  const all = useLive(live => live.world.tasks);
  useTaskFeed(incidentId, tasksOf(all, incidentId));
  return null;
}
