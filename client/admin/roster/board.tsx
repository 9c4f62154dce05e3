import { useMemo, useState } from 'react';
import type { DutyNow } from '#contract/roster.ts';
import type { Station } from '../../api/reference.ts';
import type { RosterView } from '../../api/roster.ts';
import { rosterTexts } from '../../i18n/sections/roster.ts';
import { useFormats, useTexts } from '../../i18n/use-t.ts';
import { Button } from '../../ui/button.tsx';
import { ChoiceField } from '../../ui/field.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ImportDialog } from './import-dialog.tsx';
import styles from './roster.module.css';
import { useStationNames } from './station-choice.tsx';
import { type ShiftDraft, ShiftDialog } from './shift-dialog.tsx';
import { boardHours, dayAfter } from './timeline.ts';
import { UnitRow } from './unit-row.tsx';

interface BoardProps {
  roster: RosterView;
  duty: DutyNow;
  stations: readonly Station[];
  startMs: number;
  nowMs: number;
  /** So many days from the one shown; 0: today. */
  onDay: (days: number) => void;
  onChanged: () => void;
}

const all = '*';
const hourMs = 3_600_000;
/** A new shift is the day shift unless somebody says otherwise. */
const usualShift = { fromHour: 8, hours: 12 };

/** A day's shifts, station by station: one line a unit, with the line of now and the hours that nobody covers. */
export function Board({ roster, duty, stations, startMs, nowMs, onDay, onChanged }: BoardProps) {
  const texts = useTexts(rosterTexts);
  const formats = useFormats();
  const [station, setStation] = useState(all);
  const [editing, setEditing] = useState<ShiftDraft | null>(null);
  const [importing, setImporting] = useState(false);
  const groups = useMemo(() => Map.groupBy(roster.units, unit => unit.stationId), [roster.units]);
  const dutyOf = useMemo(
    () => new Map(duty.stations.flatMap(({ units }) => units).map(unit => [unit.unitId, unit])),
    [duty],
  );
  const counts = new Map(duty.stations.map(each => [each.stationId, each]));
  const nameOf = useStationNames(stations);
  const shown = [...groups].filter(([id]) => station === all || (id ?? '') === station);
  const plan = (unitId: string) => {
    const startsAt = new Date(startMs + usualShift.fromHour * hourMs).toISOString();
    const endsAt = new Date(startMs + (usualShift.fromHour + usualShift.hours) * hourMs).toISOString();
    setEditing({ unitId, startsAt, endsAt, officerIds: [], vehicleId: null });
  };
  return (
    <>
      <div className={styles.toolbar}>
        <IconButton icon="chevronLeft" label={texts.previousDay} onPress={() => onDay(-1)} />
        <strong className={styles.day}>{formats.day(startMs)}</strong>
        <IconButton icon="chevronRight" label={texts.nextDay} onPress={() => onDay(1)} />
        <Button onPress={() => onDay(0)}>{texts.today}</Button>
        {groups.size > 1 && (
          <ChoiceField
            label={texts.station}
            value={station}
            onChange={setStation}
            choices={[
              { value: all, label: texts.allStations },
              ...[...groups.keys()].map(id => ({ value: id ?? '', label: nameOf(id) })),
            ]}
          />
        )}
        <span className={styles.right}>
          <Button icon="upload" onPress={() => setImporting(true)}>
            {texts.import}
          </Button>
        </span>
      </div>
      {roster.units.length === 0 && <Notice icon="people" title={texts.noUnits} />}
      <div className={styles.board}>
        <div className={styles.hours} aria-hidden="true">
          {boardHours.map(hour => (
            <span key={hour} style={{ left: `${(hour / 36) * 100}%` }}>
              {hour === 24 ? formats.day(dayAfter(startMs, 1)) : `${String(hour % 24).padStart(2, '0')}:00`}
            </span>
          ))}
        </div>
        {shown.map(([id, units]) => (
          <section key={id} className={styles.group} aria-label={nameOf(id)}>
            <h3>
              {nameOf(id)}
              <small>{texts.onDutyNow(counts.get(id)?.onDuty ?? 0, counts.get(id)?.available ?? 0)}</small>
            </h3>
            <ul>
              {units
                .toSorted((a, b) => a.callsign.localeCompare(b.callsign, 'zh'))
                .map(unit => (
                  <UnitRow
                    key={unit.id}
                    unit={unit}
                    duty={dutyOf.get(unit.id)}
                    roster={roster}
                    startMs={startMs}
                    nowMs={nowMs}
                    onPlan={plan}
                    onChange={setEditing}
                  />
                ))}
            </ul>
          </section>
        ))}
      </div>
      {editing && (
        <ShiftDialog
          draft={editing}
          roster={roster}
          onClose={() => setEditing(null)}
          onChanged={() => {
            setEditing(null);
            onChanged();
          }}
        />
      )}
      {importing && <ImportDialog onClose={() => setImporting(false)} onChanged={onChanged} />}
    </>
  );
}
