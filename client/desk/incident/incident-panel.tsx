import type { WorldIncident } from '#domain/world.ts';
import { useEffect, useMemo, useState } from 'react';
import { fetchIncident, type IncidentDetail } from '../../api/incidents.ts';
import { mayCloseIncidents } from '../../app/rights.ts';
import { useSignedIn } from '../../app/session.ts';
import { useFormats, useT } from '../../i18n/use-t.ts';
import { useLive } from '../../store/live.ts';
import { hasTrace } from '../../store/trace.ts';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Icon } from '../../ui/icons/icon.tsx';
import { RiskMark } from '../../ui/icons/risk-mark.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Problem } from '../../ui/section.tsx';
import { HomeSection } from '../address/home-section.tsx';
import { errorText } from '../../api/error-text.ts';
import { Age } from '../queue-item.tsx';
import { useMapView } from '../map-view-context.ts';
import { incidentExtent } from '../scene.ts';
import { useReference } from '../reference.ts';
import { Alarms } from '../tasks/alarms.tsx';
import { Headline } from '../locate/headline.tsx';
import { shown, useLocate } from '../locate/locate-store.ts';
import { Plan } from '../locate/plan.tsx';
import { believedExtent } from '../locate/to-map.ts';
import { useLocateFeed } from '../locate/use-feed.ts';
import { Where } from '../locate/where.tsx';
import { Clocks } from '../loop/clocks.tsx';
import { Lines } from '../loop/lines.tsx';
import { Meetings } from '../loop/meeting-section.tsx';
import { OrderMoved } from '../loop/order-moved.tsx';
import { Orders } from '../loop/orders.tsx';
import { Outcomes } from '../loop/outcomes.tsx';
import { Stops } from '../loop/stops.tsx';
import { Notes } from '../story/notes.tsx';
import { Story } from '../story/story.tsx';
import { Ground } from '../tasks/ground.tsx';
import { tasksOf, versionOf as versionOfTasks } from '../tasks/selectors.ts';
import { useQuery } from '../use-query.ts';
import { Alerts } from './alerts.tsx';
import { Authorities } from './authorities.tsx';
import { CloseDialog } from './close-dialog.tsx';
import { Facts } from './facts.tsx';
import { Glance } from './glance.tsx';
import styles from './incident-panel.module.css';
import { IncidentNearest } from './incident-nearest.tsx';
import { Members } from './members.tsx';
import { RecordForm, type RecordFormProps } from './record-form.tsx';
import { PanelTabs } from './panel-tabs.tsx';
import { Trace, TraceGate } from './trace.tsx';

/** Everything about one incident, and what can be done. */
export function IncidentPanel({ incidentId }: { incidentId: string }) {
  const t = useT();
  const incident = useLive(live => live.world.incidents[incidentId]);
  const ready = useLive(live => live.world.seq > 0);
  if (!incident) {
    return ready ? <Notice icon="warning" title={t.incident.notFound} /> : <Notice title={t.loading} />;
  }
  return <KnownIncident key={incident.id} incident={incident} />;
}

function KnownIncident({ incident }: { incident: WorldIncident }) {
  const t = useT();
  const [recording, setRecording] = useState<Omit<RecordFormProps, 'incident' | 'onDone'> | null>(null);
  const detail = useQuery<IncidentDetail>(versionOf(incident), signal => fetchIncident(incident.id, signal));
  const allTasks = useLive(live => live.world.tasks);
  const tasks = useMemo(() => tasksOf(allTasks, incident.id), [allTasks, incident.id]);
  useLocateFeed(incident, versionOfTasks(tasks));
  if (recording) return <RecordForm incident={incident} {...recording} onDone={() => setRecording(null)} />;
  return (
    <div className={styles.panel}>
      <Title incident={incident} />
      <Alarms incident={incident} />
      <OrderMoved key={incident.id} incident={incident} />
      <Glance incident={incident} />
      {detail.error !== undefined && <Problem>{errorText(detail.error, t)}</Problem>}
      <PanelTabs
        parts={{
          plan: (
            <>
              <TraceGate incident={incident} />
              <Headline />
              <Plan incident={incident} tasks={tasks} onRecord={start => setRecording({ start })} />
              <Ground incident={incident} />
              <Where incident={incident} />
              <IncidentNearest incident={incident} />
            </>
          ),
          trace: (
            <>
              <Trace incident={incident} onRecord={corrects => setRecording(corrects ? { corrects } : {})} />
              <Authorities incident={incident} detail={detail.data} />
            </>
          ),
          lines: (
            <>
              <Lines incident={incident} />
              <Clocks incident={incident} />
            </>
          ),
          money: (
            <>
              <Stops incident={incident} />
              <Outcomes incident={incident} />
            </>
          ),
          order: (
            <>
              <Orders incident={incident} />
              <Meetings incident={incident} />
            </>
          ),
          story: (
            <>
              <Notes incident={incident} />
              <Story incident={incident} />
            </>
          ),
          file: (
            <>
              <Facts incident={incident} />
              <HomeSection incident={incident} />
              <Members incident={incident} detail={detail.data} />
              <Alerts incident={incident} detail={detail.data} />
            </>
          ),
        }}
      />
    </div>
  );
}

/** Changes with everything that the detail tells beyond the live world. */
function versionOf({ id, alertCount, members, authorities, state }: WorldIncident): string {
  const decided = Object.values(authorities).map(
    each => `${each.id}:${each.approvedBy}:${each.revoked}:${each.breakGlass?.verdict}`,
  );
  return [id, state, alertCount, members.length, ...decided].join(' ');
}

function Title({ incident }: { incident: WorldIncident }) {
  const t = useT();
  const formats = useFormats();
  const { role, userId } = useSignedIn();
  // An operator closes what she works on, a leader any.
  const mayClose = mayCloseIncidents(role) && (role === 'leader' || incident.members.includes(userId));
  const [closing, setClosing] = useState(false);
  const { number } = incident;
  const { stations, places } = useReference(reference => reference);
  const map = useMapView();
  const extent = incidentExtent(incident, stations, places);
  const posterior = useLocate(locate => shown(locate)?.posterior);
  const located = extent.length > 0;
  const traced = hasTrace(incident);
  // When it is opened, and again when its trace is: what came in since is found with the pin.
  useEffect(() => {
    if (located) map.fit(extent);
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [map, located, traced]);
  return (
    <header className={styles.title}>
      <RiskMark
        risk={incident.risk}
        number={number}
        size="2.6em"
        label={t.queue.label(number, t.risk[incident.risk])}
      />
      <div className={styles.name}>
        <h2>{incident.subject?.nameMasked ?? t.queue.noSubject}</h2>
        <p>
          {t.risk[incident.risk]} · {t.scam[incident.scamType]}
        </p>
      </div>
      {incident.state === 'open' ? (
        <span className={styles.age}>
          <Age since={incident.openedAt} />
        </span>
      ) : (
        <span className={styles.closed}>
          <Icon name="check" /> {t.incident.closed}
          <small>
            {incident.outcome && t.incident.outcomes[incident.outcome]}
            {incident.closedAt && ` · ${formats.timeShort(Date.parse(incident.closedAt))}`}
          </small>
        </span>
      )}
      <span className={styles.actions}>
        <IconButton
          icon="pin"
          label={t.incident.locate}
          shortcut="c"
          isDisabled={!located}
          onPress={() => map.fit([...extent, ...(posterior ? believedExtent(posterior) : [])])}
        />
        {incident.state === 'open' && mayClose && (
          <span data-key="x">
            <Button size="s" onPress={() => setClosing(true)}>
              {t.closing.action} <kbd>X</kbd>
            </Button>
          </span>
        )}
      </span>
      {closing && <CloseDialog incident={incident} onClose={() => setClosing(false)} />}
    </header>
  );
}
