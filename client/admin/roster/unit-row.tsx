import type { CSSProperties } from 'react';
import type { DutyNow, ShiftView } from '#contract/roster.ts';
import type { RosterView } from '../../api/roster.ts';
import { dutyInWords } from '../../desk/tasks/duty-words.ts';
import { rosterTexts } from '../../i18n/sections/roster.ts';
import { useFormats, useTexts } from '../../i18n/use-t.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Icon } from '../../ui/icons/icon.tsx';
import { UnitMark } from '../../ui/icons/unit-mark.tsx';
import styles from './roster.module.css';
import { barOf, gapsBetween, shareAt } from './timeline.ts';

interface UnitRowProps {
  unit: RosterView['units'][number];
  duty: DutyNow['stations'][number]['units'][number] | undefined;
  roster: RosterView;
  startMs: number;
  nowMs: number;
  onPlan: (unitId: string) => void;
  onChange: (shift: ShiftView) => void;
}

/** One unit's day: its shifts as bars, the gaps between them, and now. */
export function UnitRow({ unit, duty, roster, startMs, nowMs, onPlan, onChange }: UnitRowProps) {
  const texts = useTexts(rosterTexts);
  const formats = useFormats();
  const shifts = roster.shifts.filter(({ unitId }) => unitId === unit.id);
  const now = shareAt(nowMs, startMs);
  const time = (at: string) => formats.timeShort(Date.parse(at));
  const says = duty
    ? dutyInWords({ why: duty.why, until: duty.availableUntil, next: duty.nextShiftAt }, texts.duty, formats)
    : texts.duty.noRoster;
  return (
    <li className={styles.row}>
      <span className={styles.unit} data-off={duty?.onDuty === false || undefined}>
        <UnitMark state={duty?.onDuty === false ? 'outOfService' : unit.state} kind={unit.kind} size="1em" />
        <strong>{unit.callsign}</strong>
        <small>{says}</small>
        <IconButton icon="plus" label={texts.addFor(unit.callsign)} onPress={() => onPlan(unit.id)} />
      </span>
      <div className={styles.line}>
        {gapsBetween(shifts).map(gap => (
          <span
            key={gap.startsAt}
            className={styles.gap}
            style={placed(barOf(gap, startMs))}
            title={`${texts.gap} ${time(gap.startsAt)}–${time(gap.endsAt)}`}
          />
        ))}
        {shifts.map(shift => (
          <Bar
            key={shift.id}
            shift={shift}
            unit={unit}
            roster={roster}
            startMs={startMs}
            onChange={onChange}
          />
        ))}
        {now > 0 && now < 1 && <span className={styles.now} style={{ left: `${now * 100}%` }} />}
      </div>
    </li>
  );
}

function placed(bar: { left: number; width: number } | undefined): CSSProperties {
  return bar ? { left: `${bar.left * 100}%`, width: `${bar.width * 100}%` } : { display: 'none' };
}

function Bar({
  shift,
  unit,
  roster,
  startMs,
  onChange,
}: Pick<UnitRowProps, 'unit' | 'roster' | 'startMs' | 'onChange'> & { shift: ShiftView }) {
  const texts = useTexts(rosterTexts);
  const formats = useFormats();
  const bar = barOf(shift, startMs);
  if (!bar) return null;
  const names = roster.officers
    .filter(({ id }) => shift.officerIds.includes(id))
    .toSorted((a, b) => Number(b.sworn) - Number(a.sworn))
    .map(({ name }) => name);
  const vehicle = roster.vehicles.find(({ id }) => id === shift.vehicleId);
  const down = vehicle?.inService === false;
  const time = (at: string) => formats.timeShort(Date.parse(at));
  const who = names.length === 0 ? texts.nobody : names.join(' ');
  return (
    <button
      type="button"
      className={styles.bar}
      style={placed(bar)}
      data-warn={shift.crew.sworn === 0 || down || undefined}
      onClick={() => onChange(shift)}
      title={`${time(shift.startsAt)}–${time(shift.endsAt)} · ${texts.crewCount(shift.crew.sworn, shift.crew.auxiliary)}`}
    >
      <span className="visually-hidden">{unit.callsign}</span>
      <b>
        {time(shift.startsAt)}–{time(shift.endsAt)}
      </b>
      {shift.crew.sworn === 0 && <Icon name="warning" size="1em" label={texts.noSworn} />}
      <span>{who}</span>
      {vehicle && (
        <span>
          {vehicle.plate}
          {down && ` ${texts.vehicleDown}`}
        </span>
      )}
    </button>
  );
}
