import type { UnavailableUnit } from '#contract/road.ts';
import { taskTexts } from '../../i18n/sections/tasks.ts';
import { useFormats, useTexts } from '../../i18n/use-t.ts';
import styles from './tasks.module.css';

/** Units that are near but not offered, each with the reason: nobody wonders where a crew has gone. */
export function Unavailable({ units }: { units: readonly UnavailableUnit[] }) {
  const texts = useTexts(taskTexts);
  const formats = useFormats();
  if (units.length === 0) return null;
  return (
    <details className={styles.unavailable}>
      <summary>{texts.unavailable(units.length)}</summary>
      <ul>
        {units.map(({ unitId, callsign, why, nextShiftAt, distanceM }) => (
          <li key={unitId}>
            <span>{callsign}</span>
            <span>{texts.why[why]}</span>
            {why === 'offDuty' && nextShiftAt && (
              <span>{texts.nextShift(formats.timeShort(Date.parse(nextShiftAt)))}</span>
            )}
            {distanceM !== null && <span>{formats.distance(distanceM)}</span>}
          </li>
        ))}
      </ul>
    </details>
  );
}
