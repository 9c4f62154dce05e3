import { useState } from 'react';
import type { RosterView } from '#contract/roster.ts';
import { errorText } from '../api/error-text.ts';
import { fetchUnits, type UnitItem } from '../api/field.ts';
import { fetchRoster } from '../api/roster.ts';
import { useSignedIn } from '../app/session.ts';
import { serverNow } from '../clock/use-now.ts';
import { dutyInWords } from '../desk/tasks/duty-words.ts';
import { useQuery } from '../desk/use-query.ts';
import { fieldTexts } from '../i18n/sections/field.ts';
import { taskTexts } from '../i18n/sections/tasks.ts';
import { useFormats, useT, useTexts } from '../i18n/use-t.ts';
import { Icon } from '../ui/icons/icon.tsx';
import { Problem } from '../ui/section.tsx';
import { TextField } from '../ui/text-field.tsx';
import { rideWith, useField } from './field-store.ts';
import styles from './field.module.css';

/** More than these want a filter. */
const fewUnits = 12;
const aMomentMs = 60_000;

/** Which unit is mine today: the roster may know, else one says. */
export function UnitPicker({ userId, onDone }: { userId: string; onDone: () => void }) {
  const t = useT();
  const texts = useTexts(fieldTexts);
  const { displayName, demo } = useSignedIn();
  const current = useField(field => field.unitId);
  const units = useQuery('units', fetchUnits);
  const roster = useQuery('roster', signal => {
    const now = serverNow();
    const iso = (ms: number) => new Date(ms).toISOString();
    return fetchRoster(iso(now), iso(now + aMomentMs), signal);
  });
  const [text, setText] = useState('');
  const planned = roster.data && unitByRoster(roster.data, displayName);
  const rank = ({ id, onDuty }: UnitItem) => (id === planned ? 0 : onDuty ? 1 : 2);
  const found = (units.data ?? [])
    .filter(({ callsign }) => callsign.toLowerCase().includes(text.trim().toLowerCase()))
    .toSorted((a, b) => rank(a) - rank(b) || a.callsign.localeCompare(b.callsign, 'zh'));
  const choose = (unitId: string) => {
    rideWith(userId, unitId);
    onDone();
  };
  return (
    <main className={styles.picker}>
      {demo && <b className={styles.demo}>{t.demoBadge}</b>}
      <h1>{texts.chooseUnit}</h1>
      <p className={styles.hint}>{texts.chooseHint}</p>
      {(units.data?.length ?? 0) > fewUnits && (
        <TextField label={texts.filterUnits} value={text} onChange={setText} />
      )}
      {!units.data && units.error === undefined && <p className={styles.hint}>{t.loading}</p>}
      {units.data?.length === 0 && <p className={styles.hint}>{texts.noUnits}</p>}
      <ul className={styles.units}>
        {found.map(unit => (
          <li key={unit.id}>
            <UnitButton
              unit={unit}
              isPlanned={unit.id === planned}
              isCurrent={unit.id === current}
              onChoose={choose}
            />
          </li>
        ))}
      </ul>
      <Problem>{units.error === undefined ? null : errorText(units.error, t)}</Problem>
    </main>
  );
}

interface UnitButtonProps {
  unit: UnitItem;
  isPlanned: boolean;
  isCurrent: boolean;
  onChoose: (unitId: string) => void;
}

function UnitButton({ unit, isPlanned, isCurrent, onChoose }: UnitButtonProps) {
  const t = useT();
  const texts = useTexts(fieldTexts);
  const { dutySays } = useTexts(taskTexts);
  const formats = useFormats();
  const { id, callsign, kind, crew, why, availableUntil } = unit;
  return (
    <button
      type="button"
      className={styles.unit}
      aria-current={isCurrent || undefined}
      data-planned={isPlanned || undefined}
      onClick={() => onChoose(id)}
    >
      <Icon name={`unit-${kind}`} size="1.6em" />
      <strong>{callsign}</strong>
      {isCurrent && <Icon name="check" size="1.4em" />}
      <small>
        {t.unitKind[kind]} · {t.crew(crew.sworn, crew.auxiliary)}
      </small>
      <small>
        {isPlanned
          ? texts.byRoster
          : dutyInWords({ why, until: availableUntil, next: null }, dutySays, formats)}
      </small>
    </button>
  );
}

/** The unit of the only officer of this name who is on a shift; accounts and officers are kept apart. */
function unitByRoster({ officers, shifts }: RosterView, displayName: string): string | undefined {
  const [officer, namesake] = officers.filter(({ name }) => name === displayName);
  if (!officer || namesake) return undefined;
  return shifts.find(({ officerIds }) => officerIds.includes(officer.id))?.unitId;
}
