import { nameIn } from '../../i18n/name-in.ts';
import { usePrefs } from '../../app/prefs.ts';
import { orderTexts } from '../../i18n/sections/orders.ts';
import { useTexts } from '../../i18n/use-t.ts';
import { ChoiceField } from '../../ui/field.tsx';
import { useReference } from '../reference.ts';

interface StationFieldProps {
  label?: string;
  /** The station that cannot be chosen. */
  except?: string | null;
  value: string | null;
  onChange: (stationId: string) => void;
}

/** A choice among the county's stations. */
export function StationField({ label, except = null, value, onChange }: StationFieldProps) {
  const texts = useTexts(orderTexts);
  const lang = usePrefs(prefs => prefs.lang);
  const stations = useReference(reference => reference.stations);
  const choices = stations
    .filter(({ id }) => id !== except)
    .map(station => ({ value: station.id, label: nameIn(station, lang) }));
  return <ChoiceField label={label ?? texts.station} choices={choices} value={value} onChange={onChange} />;
}
