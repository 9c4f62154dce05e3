import { coordinateSystems } from '#contract/common.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { ChoiceField, Field } from '../ui/field.tsx';
import { type Picked, pickOnMap, useDesk } from './desk-store.ts';
import type { PositionDraft } from './position-draft.ts';
import styles from './position-field.module.css';

export interface PositionFieldProps {
  label: string;
  isRequired?: boolean;
  value: PositionDraft;
  onChange: (value: PositionDraft) => void;
  /** Also told what was clicked, when a place or segment was. */
  onPicked?: (picked: Picked) => void;
}

/** Longitude and latitude by hand in the system they came in, or a click on the map (which is WGS-84). */
export function PositionField({ label, isRequired = false, value, onChange, onPicked }: PositionFieldProps) {
  const t = useT();
  const picking = useDesk(desk => desk.mode.kind === 'pick');
  function pick(): void {
    pickOnMap(picked => {
      const [lng, lat] = picked.position;
      onChange({ lng: lng.toFixed(6), lat: lat.toFixed(6), crs: 'wgs84' });
      onPicked?.(picked);
    });
  }
  return (
    <fieldset className={styles.position}>
      <legend>
        {label}
        {!isRequired && <small>{t.optional}</small>}
      </legend>
      <Button size="s" icon="pin" onPress={pick} {...(picking && { variant: 'primary' as const })}>
        {picking ? t.record.picking : t.record.pick}
      </Button>
      <div className={styles.degrees}>
        <Field
          numeric
          unmarked
          isRequired={isRequired}
          label={t.record.lng}
          value={value.lng}
          onChange={lng => onChange({ ...value, lng })}
        />
        <Field
          numeric
          unmarked
          isRequired={isRequired}
          label={t.record.lat}
          value={value.lat}
          onChange={lat => onChange({ ...value, lat })}
        />
      </div>
      <ChoiceField
        label={t.record.crs}
        value={value.crs}
        onChange={crs => onChange({ ...value, crs })}
        choices={coordinateSystems.map(crs => ({ value: crs, label: t.record.crsName[crs] }))}
      />
    </fieldset>
  );
}
