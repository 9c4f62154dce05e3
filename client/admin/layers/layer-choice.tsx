import { Radio, RadioGroup } from 'react-aria-components';
import { type LayerName, layerNames } from '#contract/layer-columns.ts';
import { layersTexts } from '../../i18n/sections/layers.ts';
import { useFormats, useTexts } from '../../i18n/use-t.ts';
import styles from './layers.module.css';

/** Names under which a version counts its layers; jurisdictions are not counted. */
const counted: Partial<Record<LayerName, string>> = {
  stations: 'stations',
  places: 'places',
  cells: 'cellSites',
  cameras: 'cameras',
  units: 'units',
};

interface LayerChoiceProps {
  layer: LayerName;
  onChange: (layer: LayerName) => void;
  /** Of the version in use. */
  counts: Record<string, number> | undefined;
}

/** The kinds of tables, each with how many things there are. */
export function LayerChoice({ layer, onChange, counts }: LayerChoiceProps) {
  const texts = useTexts(layersTexts);
  const formats = useFormats();
  return (
    <RadioGroup
      className={styles.choice ?? ''}
      aria-label={texts.choose}
      value={layer}
      onChange={value => onChange(value as LayerName)}
      orientation="horizontal"
    >
      {layerNames.map(name => {
        const count = counts?.[counted[name] ?? ''];
        return (
          <Radio key={name} value={name} className={styles.choiceItem ?? ''}>
            {texts.layer[name]}
            {count !== undefined && <small>{formats.number(count)}</small>}
          </Radio>
        );
      })}
    </RadioGroup>
  );
}
