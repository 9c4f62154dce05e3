import type { OfficerView } from '#contract/roster.ts';
import { rosterTexts } from '../../i18n/sections/roster.ts';
import { useTexts } from '../../i18n/use-t.ts';
import styles from './roster.module.css';

interface CrewProps {
  officers: readonly OfficerView[];
  chosen: readonly string[];
  /** The callsign of the unit in which an officer is at that time, if any. */
  busyIn: (officerId: string) => string | undefined;
  onChange: (chosen: readonly string[]) => void;
}

/** People to choose from; whoever is in another shift then cannot be chosen, and it says in which. */
export function Crew({ officers, chosen, busyIn, onChange }: CrewProps) {
  const texts = useTexts(rosterTexts);
  return (
    <div className={styles.people}>
      {officers.map(({ id, name, badgeNumber, sworn }) => {
        const busy = busyIn(id);
        const isChosen = chosen.includes(id);
        const toggled = isChosen ? chosen.filter(each => each !== id) : [...chosen, id];
        return (
          <label key={id} data-busy={busy !== undefined || undefined}>
            <input
              type="checkbox"
              checked={isChosen}
              disabled={busy !== undefined && !isChosen}
              onChange={() => onChange(toggled)}
            />
            {name}
            <small>
              {busy === undefined
                ? `${sworn ? texts.sworn : texts.auxiliary} ${badgeNumber}`
                : texts.busy(busy)}
            </small>
          </label>
        );
      })}
    </div>
  );
}
