import type { PlanView } from '../../api/locate.ts';
import { locateTexts } from '../../i18n/sections/locate.ts';
import { taskTexts } from '../../i18n/sections/tasks.ts';
import { useFormats, useTexts } from '../../i18n/use-t.ts';
import { useLive } from '../../store/live.ts';
import { shareText } from '../../map/sources/share-text.ts';
import { useMapView } from '../map-view-context.ts';
import { lngLat } from '../scene.ts';
import styles from './locate.module.css';

/** While she drives: where units should stand before she passes, and who closes which way out. */
export function Posts({ plan: { intercept, containment } }: { plan: PlanView }) {
  const texts = useTexts(locateTexts);
  const tasks = useTexts(taskTexts);
  const formats = useFormats();
  const map = useMapView();
  const units = useLive(live => live.world.units);
  const nameOf = (unitId: string) => units[unitId]?.callsign ?? tasks.otherUnit;
  const time = (at: string) => formats.timeShort(Date.parse(at));
  if (intercept.length + containment.length === 0) return null;
  return (
    <div className={styles.posts}>
      {intercept.length > 0 && <h4>{texts.intercepts}</h4>}
      <ul>
        {intercept.map(({ unitId, position, arriveAt, share, why }) => (
          <li key={unitId}>
            <button type="button" onClick={() => map.flyTo(lngLat(position))} title={why}>
              {texts.intercept(nameOf(unitId), time(arriveAt), shareText(share))}
            </button>
          </li>
        ))}
      </ul>
      {containment.length > 0 && <h4>{texts.exits}</h4>}
      <ul>
        {containment.map(({ unitId, exit, arriveAt }) => (
          <li key={unitId}>
            <button type="button" onClick={() => map.flyTo(lngLat(exit.position))}>
              {texts.exit(nameOf(unitId), exit.name ?? texts.unnamedExit, time(arriveAt))}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
