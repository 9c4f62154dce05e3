import type { WorldIncident } from '#domain/world.ts';
import { ListBox, ListBoxItem } from 'react-aria-components';
import { deskPath, navigate } from '../app/router.ts';
import { useNow } from '../clock/use-now.ts';
import { useFormats, useT } from '../i18n/use-t.ts';
import { useLive } from '../store/live.ts';
import { dayNumbers, queue } from '../store/selectors.ts';
import { hasTrace } from '../store/trace.ts';
import { Icon } from '../ui/icons/icon.tsx';
import { RiskMark } from '../ui/icons/risk-mark.tsx';
import { Notice } from '../ui/notice.tsx';
import styles from './queue.module.css';
import { useStationName } from './station-name.ts';

/** Open incidents, the most pressing first. */
export function Queue({ selectedId }: { selectedId: string | null }) {
  const t = useT();
  const incidents = useLive(live => queue(live.world.incidents));
  const numbers = useLive(live => dayNumbers(live.world.incidents));
  const loaded = useLive(live => live.world.seq > 0 || live.link.state === 'live');
  return (
    <section className={styles.queue} aria-labelledby="queue-title">
      <header className={styles.head}>
        <h2 id="queue-title">{t.queue.title}</h2>
        <span>{incidents.length}</span>
      </header>
      <ListBox
        className={styles.list ?? ''}
        aria-labelledby="queue-title"
        items={incidents}
        dependencies={[numbers]}
        selectionMode="single"
        selectedKeys={selectedId === null ? [] : [selectedId]}
        onAction={key => navigate(deskPath(String(key)))}
        onSelectionChange={keys => {
          const [id] = keys === 'all' ? [] : keys;
          navigate(deskPath(id === undefined ? null : String(id)));
        }}
        renderEmptyState={() =>
          loaded ? (
            <Notice icon="check" title={t.queue.empty} hint={t.queue.emptyHint} />
          ) : (
            <Notice title={t.loading} />
          )
        }
      >
        {incident => (
          <ListBoxItem
            id={incident.id}
            className={styles.item ?? ''}
            data-risk={incident.risk}
            textValue={t.queue.label(numbers.get(incident.id) ?? 0, t.risk[incident.risk])}
          >
            <QueueItem incident={incident} number={numbers.get(incident.id) ?? 0} />
          </ListBoxItem>
        )}
      </ListBox>
    </section>
  );
}

export function QueueItem({ incident, number }: { incident: WorldIncident; number: number }) {
  const t = useT();
  const station = useStationName(incident.stationId);
  return (
    <>
      <RiskMark risk={incident.risk} number={number} size="2em" />
      <span className={styles.who}>
        <strong>{incident.subject?.nameMasked ?? t.queue.noSubject}</strong>
        <span className={styles.scam}>{t.scam[incident.scamType]}</span>
      </span>
      <Age since={incident.openedAt} />
      <span className={styles.where}>
        {station ?? t.queue.noStation}
        {incident.alertCount > 1 && <b className={styles.repeats}>{t.queue.repeats(incident.alertCount)}</b>}
      </span>
      <span className={styles.marks}>
        {hasTrace(incident) && <Icon name="eye" label={t.queue.traceOpen} size="1em" />}
        {incident.members.length > 0 && (
          <>
            <Icon name="people" size="1em" label={t.members.title} /> {incident.members.length}
          </>
        )}
      </span>
    </>
  );
}

/** Time since an instant, ticking; it keeps its width within an hour. */
export function Age({ since }: { since: string }) {
  const formats = useFormats();
  const now = useNow();
  return <time className={styles.age}>{formats.clockAge((now - Date.parse(since)) / 1000)}</time>;
}
