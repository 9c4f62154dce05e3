import type { WorldIncident } from '#domain/world.ts';
import type { IncidentDetail } from '../../api/incidents.ts';
import { useFormats, useT } from '../../i18n/use-t.ts';
import { Section } from '../../ui/section.tsx';
import styles from './incident-panel.module.css';

/** The alerts that the incident has drawn together, the latest first. */
export function Alerts({
  incident,
  detail,
}: {
  incident: WorldIncident;
  detail: IncidentDetail | undefined;
}) {
  const t = useT();
  const formats = useFormats();
  return (
    <Section
      title={t.incident.alerts}
      icon="bell"
      action={<small>{t.incident.repeated(incident.alertCount)}</small>}
    >
      <ol className={styles.rows}>
        {detail?.alerts.map(alert => (
          <li key={alert.id} className={styles.row}>
            <time>{formats.stamp(Date.parse(alert.receivedAt))}</time>
            <span>{t.incident.alertFrom(alert.source)}</span>
            {alert.amount !== null && <span className={styles.end}>{formats.yuan(alert.amount)}</span>}
          </li>
        ))}
      </ol>
    </Section>
  );
}
