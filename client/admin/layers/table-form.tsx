import { type DragEvent, useRef, useState } from 'react';
import { coordinateSystems } from '#contract/common.ts';
import type { LayerName } from '#contract/layer-columns.ts';
import { ApiFailure } from '../../api/http.ts';
import { errorText } from '../../api/error-text.ts';
import { templateUrl } from '../../api/layers.ts';
import { layersTexts } from '../../i18n/sections/layers.ts';
import { useT, useTexts } from '../../i18n/use-t.ts';
import { cx } from '../../ui/cx.ts';
import { ChoiceField, Field } from '../../ui/field.tsx';
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
        file={file}
        busy={busy}
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

interface FileDropProps {
  file: File | null;
  busy: boolean;
  onFile: (file: File) => void;
}

/** A native file input behind a large label: click, keyboard and drop all end in it. */
function FileDrop({ file, busy, onFile }: FileDropProps) {
  const texts = useTexts(layersTexts);
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const [dropped] = event.dataTransfer.files;
    if (dropped) onFile(dropped);
  };
  return (
    <label
      className={cx(styles.drop, over && styles.over)}
      onDragOver={event => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <input
        ref={input}
        type="file"
        accept={accepted}
        onChange={change => {
          const [chosen] = change.target.files ?? [];
          // The same file may be chosen again after it was mended.
          change.target.value = '';
          if (chosen) onFile(chosen);
        }}
      />
      <Icon name="upload" size="1.6em" />
      {file ? (
        <span>
          <strong>{file.name}</strong>
          <small>{busy ? texts.reading : texts.another}</small>
        </span>
      ) : (
        <span>
          <strong>{texts.drop}</strong>
          <small>{texts.dropHint}</small>
        </span>
      )}
    </label>
  );
}
