import { distanceM } from '#road/geo.ts';
import type { NearestUnit } from '../api/reference.ts';
import { errorText } from '../api/error-text.ts';
import { useFormats, useT } from '../i18n/use-t.ts';
import type { LngLat } from '../map/scene.ts';
import { cx } from '../ui/cx.ts';
import { Icon } from '../ui/icons/icon.tsx';
import { UnitMark } from '../ui/icons/unit-mark.tsx';
import { Problem } from '../ui/section.tsx';
import { setDesk, useDesk } from './desk-store.ts';
import { hoverNearest } from './nearest.ts';
import styles from './nearest-list.module.css';
import { OrderButton } from './tasks/order-button.tsx';
import type { OrderTarget } from './tasks/order.ts';
import { ShiftEnd } from './tasks/shift-end.tsx';
import { Unavailable } from './tasks/unavailable.tsx';

/** A fix older than this says little of where a moving car is now. */
const oldFixS = 60;

/** Units by time on the road. Pointing at one draws its way; a click follows it. */
export function NearestList() {
  const t = useT();
  const nearest = useDesk(desk => desk.nearest);
  if (!nearest) return null;
  const { items, unavailable, error, to, target } = nearest;
  if (items === null) {
    return error ? (
      <Problem>
        {t.nearest.failed}: {errorText(error, t)}
      </Problem>
    ) : (
      <p className={styles.empty}>{t.nearest.computing}</p>
    );
  }
  return (
    <>
      <ol className={styles.list} onMouseLeave={() => hoverNearest(null)}>
        {items.map((unit, index) => (
          <NearestRow key={unit.unitId} unit={unit} rank={index + 1} to={to} target={target} />
        ))}
      </ol>
      {items.length === 0 && <p className={styles.empty}>{t.nearest.empty}</p>}
      <Unavailable units={unavailable} />
      {error !== null && <Problem>{errorText(error, t)}</Problem>}
    </>
  );
}

interface NearestRowProps {
  unit: NearestUnit;
  rank: number;
  to: LngLat;
  target: OrderTarget | null;
}

function NearestRow({ unit, rank, to, target }: NearestRowProps) {
  const t = useT();
  const formats = useFormats();
  const hovered = useDesk(desk => desk.nearest?.hoveredUnitId === unit.unitId);
  const followed = useDesk(desk => desk.followedUnitId === unit.unitId);
  const straightM = distanceM([unit.position.lng, unit.position.lat], to);
  const { crew } = unit;
  const crewText = `${t.crew(crew.sworn, crew.auxiliary)}${crew.sworn === 0 ? ` · ${t.crewNoSworn}` : ''}`;
  return (
    <li className={styles.item}>
      <button
        type="button"
        className={cx(styles.row, hovered && styles.hovered)}
        aria-pressed={followed}
        onMouseEnter={() => hoverNearest(unit.unitId)}
        onFocus={() => hoverNearest(unit.unitId)}
        onBlur={() => hoverNearest(null)}
        onClick={() => setDesk({ selection: { kind: 'unit', id: unit.unitId } })}
      >
        <span className={styles.rank}>{rank}</span>
        <span className={styles.callsign}>
          <UnitMark state={unit.state} size="0.9em" />
          {unit.callsign}
          <small>{t.unitState[unit.state]}</small>
          <small data-warn={unit.fixAgeS > oldFixS || undefined}>
            {t.nearest.fixAge(formats.age(unit.fixAgeS))}
          </small>
          {followed && <Icon name="follow" size="1em" label={t.nearest.follow} />}
        </span>
        <span className={styles.eta}>{t.nearest.minutes(formats.minutes(unit.travelTimeS))}</span>
        <span className={styles.detail}>
          {formats.distance(unit.distanceM)}
          <span>{t.nearest.straight(formats.distance(straightM))}</span>
          <span data-warn={crew.sworn === 0 || undefined}>
            <Icon name="people" size="1em" label={crewText} />
            <span title={crewText} aria-hidden>
              {crew.sworn}+{crew.auxiliary}
            </span>
          </span>
          <ShiftEnd unit={unit} method={target?.method ?? null} />
        </span>
        <span className={styles.arrival}>
          {t.nearest.eta} {formats.timeShort(Date.parse(unit.etaAt))}
        </span>
      </button>
      <OrderButton unit={unit} target={target} near={to} takesFocus={target !== null && rank === 1} />
    </li>
  );
}
