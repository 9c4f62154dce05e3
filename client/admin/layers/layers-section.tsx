/** Reference layers: choose one, look at what a file would do to it, apply it, and go back. */
import { useState } from 'react';
import type { LayerName } from '#contract/layer-columns.ts';
import { adminTexts } from '../../i18n/sections/admin.ts';
import { layersTexts } from '../../i18n/sections/layers.ts';
import { useTexts } from '../../i18n/use-t.ts';
import { fetchVersions } from '../../api/layers.ts';
import { useQuery } from '../../desk/use-query.ts';
import { Icon } from '../../ui/icons/icon.tsx';
import { Section } from '../../ui/section.tsx';
import { LayerChoice } from './layer-choice.tsx';
import styles from './layers.module.css';
import { LayersMap } from './layers-map.tsx';
import { PreviewReport } from './preview-report.tsx';
import { TableForm } from './table-form.tsx';
import { usePreview } from './use-preview.ts';
import { VersionList } from './version-list.tsx';

export default function LayersSection() {
  const texts = useTexts(layersTexts);
  const admin = useTexts(adminTexts);
  const [layer, setLayer] = useState<LayerName>('stations');
  const [done, setDone] = useState<string | null>(null);
  const versions = useQuery('versions', fetchVersions);
  const preview = usePreview(layer);
  const current = versions.data?.items.find(version => version.current);
  const choose = (next: LayerName) => {
    preview.discard();
    setDone(null);
    setLayer(next);
  };
  const changed = (said: string) => {
    preview.discard();
    setDone(said);
    versions.reload();
  };
  return (
    <div className={styles.page}>
      <div className={styles.panel}>
        <h2 className={styles.title}>{admin.sections.layers}</h2>
        {versions.data?.restartNeeded && (
          <p className={styles.restart} role="status">
            <Icon name="warning" /> {texts.restartNeeded}
          </p>
        )}
        <LayerChoice layer={layer} onChange={choose} counts={current?.counts} />
        <TableForm layer={layer} preview={preview} />
        {preview.shown && (
          <PreviewReport
            layer={layer}
            preview={preview}
            shown={preview.shown}
            onApplied={() => changed(texts.applied)}
          />
        )}
        {done && (
          <p className={styles.done} role="status">
            <Icon name="check" /> {done}
          </p>
        )}
        <Section title={texts.versions} icon="history">
          <VersionList versions={versions} onChanged={() => changed(texts.restored)} />
        </Section>
      </div>
      <LayersMap layer={layer} versionId={current?.id ?? null} shown={preview.shown} />
    </div>
  );
}
