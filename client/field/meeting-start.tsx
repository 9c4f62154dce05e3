import { useState } from 'react';
import type { OfficerView } from '#contract/roster.ts';
import type { MeetingBody } from '../api/meetings.ts';
import { serverNow } from '../clock/use-now.ts';
import { meetingTexts } from '../i18n/sections/meeting.ts';
import { useTexts } from '../i18n/use-t.ts';
import styles from './field.module.css';
import own from './meeting-flow.module.css';
import { useCrew } from './use-crew.ts';

interface MeetingStartProps {
  unitId: string;
  place: string;
  onStart: (body: MeetingBody) => void;
}

/** Who stands here: the unit's crew by the roster, to be corrected by a tap. */
export function MeetingStart({ unitId, place, onStart }: MeetingStartProps) {
  const texts = useTexts(meetingTexts);
  const { officers, ofUnit } = useCrew(unitId);
  const [changed, setChanged] = useState<Readonly<Record<string, boolean>>>({});
  const [where, setWhere] = useState(place);
  const isHere = ({ id }: OfficerView) => changed[id] ?? ofUnit.includes(id);
  const here = officers.filter(isHere);
  const hasSworn = here.some(({ sworn }) => sworn);
  const shown = officers.toSorted((a, b) => Number(ofUnit.includes(b.id)) - Number(ofUnit.includes(a.id)));
  const start = () =>
    onStart({
      at: new Date(serverNow()).toISOString(),
      place: where.trim(),
      officers: here.map(({ id }) => id),
    });
  return (
    <>
      <label className={styles.note}>
        {texts.where}
        <input maxLength={200} value={where} onChange={change => setWhere(change.target.value)} />
      </label>
      <fieldset className={own.crew}>
        <legend>{texts.who}</legend>
        {officers.length === 0 && <p className={styles.hint}>{texts.noOfficers}</p>}
        {shown.map(officer => (
          <label key={officer.id}>
            <input
              type="checkbox"
              checked={isHere(officer)}
              onChange={change => setChanged({ ...changed, [officer.id]: change.target.checked })}
            />
            <span>{officer.name}</span>
            <small>
              {officer.sworn ? texts.sworn : texts.auxiliary} {officer.badgeNumber}
            </small>
          </label>
        ))}
      </fieldset>
      {!hasSworn && <p className={styles.warn}>{texts.needSworn}</p>}
      <button
        type="button"
        className={styles.big}
        data-look="go"
        data-wide
        disabled={!hasSworn || where.trim() === ''}
        onClick={start}
      >
        {texts.start}
      </button>
    </>
  );
}
