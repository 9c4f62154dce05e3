import { useState } from 'react';
import { holdMeeting } from '../../api/meetings.ts';
import { fetchRoster } from '../../api/roster.ts';
import { serverNow } from '../../clock/use-now.ts';
import { meetingTexts } from '../../i18n/sections/meeting.ts';
import { useT, useTexts } from '../../i18n/use-t.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions, DialogForm } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Problem } from '../../ui/section.tsx';
import { useAction } from '../use-action.ts';
import { useQuery } from '../use-query.ts';
import styles from './meeting.module.css';

const aMomentMs = 60_000;
const shanghaiMs = 8 * 3_600_000;

/** The value of a datetime-local field, in Shanghai. */
const localTime = (ms: number): string => new Date(ms + shanghaiMs).toISOString().slice(0, 16);

/** Writes down a meeting that somebody tells of by radio or telephone. */
export function HoldDialog({ incidentId, onClose }: { incidentId: string; onClose: () => void }) {
  const t = useT();
  const texts = useTexts(meetingTexts);
  const [at, setAt] = useState(() => localTime(serverNow()));
  const [place, setPlace] = useState('');
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const action = useAction();
  const roster = useQuery('meeting', signal => {
    const now = serverNow();
    return fetchRoster(new Date(now).toISOString(), new Date(now + aMomentMs).toISOString(), signal);
  });
  const onShift = new Set(roster.data?.shifts.flatMap(({ officerIds }) => officerIds));
  const officers = (roster.data?.officers ?? []).toSorted(
    (a, b) => Number(onShift.has(b.id)) - Number(onShift.has(a.id)) || Number(b.sworn) - Number(a.sworn),
  );
  const hasSworn = officers.some(({ id, sworn }) => sworn && chosen.includes(id));
  async function submit(): Promise<void> {
    const body = { at: `${at}:00+08:00`, place: place.trim(), officers: [...chosen] };
    if (await action.run(() => holdMeeting(incidentId, body))) onClose();
  }
  return (
    <Dialog title={texts.hold} hint={texts.holdHint} isOpen onClose={onClose}>
      <DialogForm onSubmit={submit}>
        <Field label={texts.at} type="datetime-local" value={at} onChange={setAt} isRequired />
        <Field
          label={texts.place}
          hint={texts.placeHint}
          value={place}
          onChange={setPlace}
          isRequired
          autoFocus
          maxLength={200}
        />
        <fieldset className={styles.officers}>
          <legend>{texts.officers}</legend>
          {roster.data && officers.length === 0 && <p className={styles.hint}>{texts.noOfficers}</p>}
          {officers.map(({ id, name, badgeNumber, sworn }) => (
            <label key={id}>
              <input
                type="checkbox"
                checked={chosen.includes(id)}
                onChange={() =>
                  setChosen(chosen.includes(id) ? chosen.filter(each => each !== id) : [...chosen, id])
                }
              />
              {name} {badgeNumber}
              <small>{sworn ? texts.sworn : texts.auxiliary}</small>
            </label>
          ))}
        </fieldset>
        <Problem>{action.problem}</Problem>
        <DialogActions>
          {!hasSworn && <span className={styles.hint}>{texts.needSworn}</span>}
          <Button onPress={onClose}>{t.cancel}</Button>
          <Button
            variant="primary"
            type="submit"
            isDisabled={!hasSworn || place.trim() === '' || action.busy}
          >
            {texts.submit}
          </Button>
        </DialogActions>
      </DialogForm>
    </Dialog>
  );
}
