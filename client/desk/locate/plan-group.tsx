import type { WorldTask } from '#domain/world.ts';
import { locateTexts } from '../../i18n/sections/locate.ts';
import { taskTexts } from '../../i18n/sections/tasks.ts';
import { useTexts } from '../../i18n/use-t.ts';
import { useLive } from '../../store/live.ts';
import { UnitMark } from '../../ui/icons/unit-mark.tsx';
import { setDesk } from '../desk-store.ts';
import { setLocate, useLocate } from './locate-store.ts';
import styles from './locate.module.css';
import { PlanTaskRow } from './plan-row.tsx';
import { EndedRow } from './ended-row.tsx';
import { RouteSwatch } from './swatch.tsx';
import type { PlanGroup, PlanRow } from './suggestions.ts';

export interface PlanGroupProps {
  group: PlanGroup;
  /** As many of its stops are not listed. */
  later: number;
  /** What the unit has done for this incident, the newest last. */
  ended: readonly WorldTask[];
  incidentId: string;
  selected: string | null;
  mayAct: boolean;
  busy: boolean;
  onAccept: (row: PlanRow) => void;
  onRefuse: (row: PlanRow) => void;
}

/** One unit with what it is to do, in order; pointing at it makes its way stand out on the map. */
export function PlanGroupRows({ group, later, ended, ...rest }: PlanGroupProps) {
  const texts = useTexts(locateTexts);
  const tasks = useTexts(taskTexts);
  const { unitId, rows } = group;
  const unit = useLive(live => live.world.units[unitId]);
  const look = useLocate(locate => locate.looks[unitId] ?? 0);
  const callsign = unit?.callsign ?? tasks.otherUnit;
  return (
    <li
      className={styles.group}
      onPointerEnter={() => setLocate({ unitId })}
      onPointerLeave={() => setLocate({ unitId: null })}
    >
      <button
        type="button"
        className={styles.unit}
        onClick={() => setDesk({ selection: { kind: 'unit', id: unitId } })}
      >
        <RouteSwatch look={look} />
        {unit && <UnitMark state={unit.state} size="0.9em" />}
        {callsign}
      </button>
      <ol aria-label={`${texts.plan} ${callsign}`}>
        {ended.map(task => (
          <EndedRow key={task.id} task={task} />
        ))}
        {rows.map(row => (
          <PlanTaskRow key={row.key} row={row} callsign={callsign} {...rest} />
        ))}
      </ol>
      {later > 0 && <small className={styles.later}>{texts.moreStops(later)}</small>}
    </li>
  );
}
