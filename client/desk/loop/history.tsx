import type { EarlierIncident } from '#contract/lines.ts';
import type { WorldIncident } from '#domain/world.ts';
import { fetchHistory } from '../../api/lines.ts';
import { lineTexts } from '../../i18n/sections/lines.ts';
import { useFormats, useT, useTexts } from '../../i18n/use-t.ts';
import { useQuery } from '../use-query.ts';
import styles from './lines.module.css';

/** What else was known of this person before; nothing at all where nothing was. */
export function EarlierIncidents({ incident }: { incident: WorldIncident }) {
  const texts = useTexts(lineTexts);
  const history = useQuery<EarlierIncident[]>(incident.id, signal => fetchHistory(incident.id, signal));
  if (!history.data || history.data.length === 0) return null;
  return (
    <details className={styles.more}>
      <summary>
        {texts.history} · {history.data.length}
      </summary>
      <EarlierList items={history.data} />
    </details>
  );
}

/** Incidents with their day, kind of scam, outcome and loss. */
export function EarlierList({ items }: { items: readonly EarlierIncident[] }) {
  const t = useT();
  const texts = useTexts(lineTexts);
  const formats = useFormats();
  return (
    <ul className={styles.rows}>
      {items.map(item => (
        <li key={item.incidentId} className={styles.row}>
          <time>{formats.day(Date.parse(item.openedAt))}</time>
          <span>
            {texts.historyItem(item.number)} · {t.risk[item.risk]} · {t.scam[item.scamType]}
          </span>
          <small>
            {item.outcome ? t.incident.outcomes[item.outcome] : texts.open}
            {item.lossAmount !== null &&
              item.lossAmount > 0 &&
              ` · ${texts.loss(formats.yuan(item.lossAmount))}`}
            {item.transferredAfterAlert === false && ` · ${texts.noLoss}`}
          </small>
        </li>
      ))}
    </ul>
  );
}
