import { usePrefs } from '../../app/prefs.ts';
import { locateTexts } from '../../i18n/sections/locate.ts';
import { taskTexts } from '../../i18n/sections/tasks.ts';
import { useTexts } from '../../i18n/use-t.ts';
import { useLive } from '../../store/live.ts';
import { Button } from '../../ui/button.tsx';
import { setLocate } from './locate-store.ts';
import styles from './locate.module.css';
import type { PlanRow } from './suggestions.ts';
import { nameIn } from '../../i18n/name-in.ts';

interface RefusedProps {
  rows: readonly PlanRow[];
  reasons: Readonly<Record<string, string>>;
}

/** Suggestions that are not wanted, each with the reason that was given; one press brings them back. */
export function Refused({ rows, reasons }: RefusedProps) {
  const texts = useTexts(locateTexts);
  const tasks = useTexts(taskTexts);
  const lang = usePrefs(prefs => prefs.lang);
  const units = useLive(live => live.world.units);
  if (rows.length === 0) return null;
  return (
    <div className={styles.refused}>
      <details className={styles.folded}>
        <summary>{texts.refusedCount(rows.length)}</summary>
        <ul>
          {rows.map(({ key, unitId, task }) => (
            <li key={key}>
              <b>{units[unitId]?.callsign ?? tasks.otherUnit}</b>{' '}
              {[nameIn(task.place, lang), reasons[key]].filter(Boolean).join(' · ')}
            </li>
          ))}
        </ul>
      </details>
      <Button size="s" variant="quiet" onPress={() => setLocate({ refused: { seq: -1, reasons: {} } })}>
        {texts.restore}
      </Button>
    </div>
  );
}
