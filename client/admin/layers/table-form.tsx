import { useState } from 'react';
import { coordinateSystems } from '#contract/common.ts';
import type { LayerName } from '#contract/layer-columns.ts';
import { ApiFailure } from '../../api/http.ts';
import { errorText } from '../../api/error-text.ts';
import { templateUrl } from '../../api/layers.ts';
import { layersTexts } from '../../i18n/sections/layers.ts';
import { useT, useTexts } from '../../i18n/use-t.ts';
import { ChoiceField, Field } from '../../ui/field.tsx';
import { FileDrop } from '../../ui/file-drop.tsx';
import { Icon } from '../../ui/icons/icon.tsx';
import { Problem } from '../../ui/section.tsx';
import styles from './layers.module.css';
import type { Preview } from './use-preview.ts';

const accepted = '.csv,.txt,.xlsx,.xls,.json,.geojson';

/** The file, how its coordinates are to be read, and an empty table to begin with. */
export function TableForm({ layer, preview }: { layer: LayerName; preview: Preview }) {
  const t = useT();
  const texts = useTexts(layersTexts);
  const { file, crs, sheet, busy, error, change } = preview;
  const [sheetText, setSheetText] = useState(sheet);
  const isWorkbook = /\.xlsx?$/i.test(file?.name ?? '');
  const readSheet = () => sheetText !== sheet && change({ sheet: sheetText });
  return (
    <section className={styles.form} aria-label={texts.layer[layer]}>
      <p className={styles.hint}>{texts.replaces[layer]}</p>
      <FileDrop
        accept={accepted}
        title={file?.name ?? texts.drop}
        hint={file ? (busy ? texts.reading : texts.another) : texts.dropHint}
        onFile={chosen => {
          setSheetText('');
          change({ file: chosen, sheet: '' });
        }}
      />
      <div className={styles.options}>
        <ChoiceField
          label={texts.crs}
          choices={coordinateSystems.map(value => ({ value, label: texts.crsName[value] }))}
          value={crs}
          onChange={value => change({ crs: value })}
        />
        {isWorkbook && (
          <Field
            label={texts.sheet}
            placeholder={texts.sheetHint}
            value={sheetText}
            onChange={setSheetText}
            onBlur={readSheet}
            onKeyDown={key => key.key === 'Enter' && readSheet()}
          />
        )}
        {layer !== 'jurisdictions' && (
          <p className={styles.templates}>
            <Icon name="download" /> {texts.template}
            {(['xlsx', 'csv'] as const).map(format => (
              <a key={format} href={templateUrl(layer, format)} download>
                {format === 'xlsx' ? 'Excel' : 'CSV'}
              </a>
            ))}
          </p>
        )}
      </div>
      {error !== undefined && (
        <>
          <Problem>
            {error instanceof ApiFailure && error.code === 'invalidBody' ? texts.failed : errorText(error, t)}
          </Problem>
          {error instanceof ApiFailure && <p className={styles.detail}>{error.message}</p>}
        </>
      )}
    </section>
  );
}
