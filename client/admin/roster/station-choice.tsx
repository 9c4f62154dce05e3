import { nameIn } from '../../i18n/name-in.ts';
import type { Station } from '../../api/reference.ts';
import { usePrefs } from '../../app/prefs.ts';
import { useSignedIn } from '../../app/session.ts';
import { rosterTexts } from '../../i18n/sections/roster.ts';
import { useTexts } from '../../i18n/use-t.ts';
import { ChoiceField } from '../../ui/field.tsx';

/** Names of stations in the language in use; null is no station. */
export function useStationNames(stations: readonly Station[]): (id: string | null) => string {
  const texts = useTexts(rosterTexts);
  const lang = usePrefs(prefs => prefs.lang);
  return id => {
    const known = stations.find(each => each.id === id);
    return known ? nameIn(known, lang) : texts.noStation;
  };
}

interface StationChoiceProps {
  stations: readonly Station[];
  value: string | null;
  onChange: (stationId: string | null) => void;
}

const none = '-';

/** Which station somebody or something belongs to. A station's own people can give to none but their own. */
export function StationChoice({ stations, value, onChange }: StationChoiceProps) {
  const texts = useTexts(rosterTexts);
  const nameOf = useStationNames(stations);
  const { role, stationId } = useSignedIn();
  const offered = role === 'station' ? stations.filter(({ id }) => id === stationId) : stations;
  return (
    <ChoiceField
      label={texts.station}
      value={value ?? none}
      onChange={chosen => onChange(chosen === none ? null : chosen)}
      isDisabled={role === 'station'}
      choices={[
        { value: none, label: texts.noStation },
        ...offered.map(({ id }) => ({ value: id, label: nameOf(id) })),
      ]}
    />
  );
}
