import type { WorldIncident } from '#domain/world.ts';
import { useNow } from '../clock/use-now.ts';
import { useFormats, useT } from '../i18n/use-t.ts';
import { hasTrace } from '../store/trace.ts';
import { Icon } from '../ui/icons/icon.tsx';
import { RiskMark } from '../ui/icons/risk-mark.tsx';
import styles from './queue.module.css';
import { useStationName } from './station-name.ts';

/** One incident of the queue, on the desk and on the wall. */
export function QueueItem({ incident }: { incident: WorldIncident }) {
  const t = useT();
  const station = useStationName(incident.stationId);
  return (
    <>
      <RiskMark risk={incident.risk} number={incident.number} size="2em" />
      <span className={styles.who}>
        {incident.subject && <strong>{incident.subject.nameMasked}</strong>}
        <span className={incident.subject ? styles.scam : styles.headline}>{t.scam[incident.scamType]}</span>
      </span>
      <Age since={incident.openedAt} />
      <span className={styles.where}>
        <span>{station ?? t.queue.noStation}</span>
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
