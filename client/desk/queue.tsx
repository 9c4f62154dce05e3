import { ListBox, ListBoxItem } from 'react-aria-components';
import { deskPath, navigate } from '../app/router.ts';
import { useT } from '../i18n/use-t.ts';
import { useLive } from '../store/live.ts';
import { queue } from '../store/selectors.ts';
import { Notice } from '../ui/notice.tsx';
import { QueueItem } from './queue-item.tsx';
import styles from './queue.module.css';

interface QueueProps {
  selectedId: string | null;
  /** Absent: the chosen one opens at the desk. */
  onChoose?: (incidentId: string | null) => void;
}

const openAtDesk = (incidentId: string | null) => navigate(deskPath(incidentId));

/** Open incidents, the most pressing first. */
export function Queue({ selectedId, onChoose = openAtDesk }: QueueProps) {
  const t = useT();
  const incidents = useLive(live => queue(live.world.incidents));
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
        selectionMode="single"
        selectedKeys={selectedId === null ? [] : [selectedId]}
        onAction={key => onChoose(String(key))}
        onSelectionChange={keys => {
          const [id] = keys === 'all' ? [] : keys;
          onChoose(id === undefined ? null : String(id));
        }}
        renderEmptyState={() =>
          loaded ? (
            <Notice
              icon="check"
              title={t.queue.empty}
              {...(onChoose === openAtDesk && { hint: t.queue.emptyHint })}
            />
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
            textValue={t.queue.label(incident.number, t.risk[incident.risk])}
          >
            <QueueItem incident={incident} />
          </ListBoxItem>
        )}
      </ListBox>
    </section>
  );
}
