import { useEffect, useRef, useState } from 'react';
import { wallTexts } from '../i18n/sections/wall.ts';
import { useTexts } from '../i18n/use-t.ts';
import { useLive } from '../store/live.ts';
import { queue } from '../store/selectors.ts';
import { Notice } from '../ui/notice.tsx';
import { IncidentCard } from './incident-card.tsx';
import styles from './incident-list.module.css';

/** Open incidents, the most pressing first, as many as there is room for; the rest is counted. */
export function IncidentList({ focusedId }: { focusedId: string | null }) {
  const texts = useTexts(wallTexts);
  const incidents = useLive(live => queue(live.world.incidents));
  const list = useRef<HTMLOListElement>(null);
  const shown = useRoom(list, incidents.map(({ id }) => id).join(' '));
  return (
    <section className={styles.panel} aria-label={texts.incidents}>
      <h2>
        {texts.incidents} <b>{incidents.length}</b>
        {shown < incidents.length && <small>{texts.more(incidents.length - shown)}</small>}
      </h2>
      {incidents.length === 0 ? (
        <Notice icon="check" title={texts.noIncidents} />
      ) : (
        <ol ref={list} className={styles.list}>
          {incidents.map(incident => (
            <IncidentCard key={incident.id} incident={incident} focused={incident.id === focusedId} />
          ))}
        </ol>
      )}
    </section>
  );
}

/** How many children of a list are in full view; there is nobody to scroll. Looked at again when they are others or in another `order`. */
function useRoom(list: React.RefObject<HTMLElement | null>, order: string): number {
  const [shown, setShown] = useState(Number.POSITIVE_INFINITY);
  useEffect(() => {
    const element = list.current;
    if (!element) return;
    const measure = () => {
      const { bottom } = element.getBoundingClientRect();
      const cards = [...element.children] as HTMLElement[];
      const whole = cards.filter(card => card.getBoundingClientRect().bottom <= bottom + 1);
      for (const card of cards) card.style.visibility = whole.includes(card) ? '' : 'hidden';
      setShown(whole.length);
    };
    const watcher = new ResizeObserver(measure);
    watcher.observe(element);
    measure();
    return () => watcher.disconnect();
  }, [list, order]);
  return shown;
}
