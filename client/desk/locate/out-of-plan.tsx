import type { PlanView } from '../../api/locate.ts';
import { locateTexts } from '../../i18n/sections/locate.ts';
import { taskTexts } from '../../i18n/sections/tasks.ts';
import { useTexts } from '../../i18n/use-t.ts';
import { useLive } from '../../store/live.ts';
import styles from './locate.module.css';

/** Units that the plan does without, each with the reason. */
export function OutOfPlan({ units }: { units: PlanView['unavailable'] }) {
  const texts = useTexts(locateTexts);
  const tasks = useTexts(taskTexts);
  const known = useLive(live => live.world.units);
  if (units.length === 0) return null;
  return (
    <details className={styles.folded}>
      <summary>{texts.unavailable(units.length)}</summary>
      <ul>
        {units.map(({ unitId, why }) => (
          <li key={unitId}>
            <b>{known[unitId]?.callsign ?? tasks.otherUnit}</b> {why}
          </li>
        ))}
      </ul>
    </details>
  );
}
