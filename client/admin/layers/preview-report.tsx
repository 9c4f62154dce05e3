import { useState } from 'react';
import type { LayerName } from '#contract/layer-columns.ts';
import { type ChangeKind, type LayerWarning, type PreviewReply } from '#contract/layer.ts';
import { applyLayer } from '../../api/layers.ts';
import { useAction } from '../../desk/use-action.ts';
import { layersTexts } from '../../i18n/sections/layers.ts';
import { useFormats, useT, useTexts } from '../../i18n/use-t.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons/icon.tsx';
import { Problem, Section } from '../../ui/section.tsx';
import styles from './layers.module.css';
import { ProblemTable } from './problem-table.tsx';
import type { Preview } from './use-preview.ts';

interface PreviewReportProps {
  layer: LayerName;
  preview: Preview;
  shown: PreviewReply;
  onApplied: () => void;
}

/** What applying the table would do: counts, what to look at, and row by row what keeps it from being applied. */
export function PreviewReport({ layer, preview, shown, onApplied }: PreviewReportProps) {
  const texts = useTexts(layersTexts);
  const formats = useFormats();
  const { busy, problem, run } = useAction();
  const apply = async () => {
    if (await run(() => applyLayer(layer, shown.token))) onApplied();
  };
  return (
    <Section
      title={texts.preview}
      icon="check"
      action={<span className={styles.rows}>{texts.rows(formats.number(shown.rows))}</span>}
    >
      <Changes shown={shown} />
      {shown.warnings.map(warning => (
        <Warning key={warning.code} warning={warning} preview={preview} />
      ))}
      {shown.problemCount > 0 && (
        <>
          <Problem>{texts.problems(formats.number(shown.problemCount))}</Problem>
          <ProblemTable key={shown.token} shown={shown} />
        </>
      )}
      <div className={styles.actions}>
        <Button
          variant="primary"
          icon="check"
          isDisabled={busy || preview.busy || !shown.applicable}
          onPress={() => void apply()}
        >
          {texts.apply}
        </Button>
        <Button onPress={preview.discard}>{texts.discard}</Button>
      </div>
      <Problem>{problem}</Problem>
    </Section>
  );
}

function Changes({ shown }: { shown: PreviewReply }) {
  const texts = useTexts(layersTexts);
  const formats = useFormats();
  const kinds = (['added', 'changed', 'removed'] as const).filter(kind => shown.changes[kind] > 0);
  return (
    <p className={styles.changes}>
      {kinds.map(kind => (
        <ChangeBadge key={kind} kind={kind} text={texts[kind](formats.number(shown.changes[kind]))} />
      ))}
      {kinds.length === 0 && texts.nothing}
      {shown.featuresLeftOut > 0 && <small>{texts.leftOut(formats.number(shown.featuresLeftOut))}</small>}
    </p>
  );
}

function ChangeBadge({ kind, text }: { kind: ChangeKind; text: string }) {
  return (
    <span className={styles.badge} data-change={kind}>
      {text}
    </span>
  );
}

const namesShown = 8;

function Warning({ warning, preview }: { warning: LayerWarning; preview: Preview }) {
  const texts = useTexts(layersTexts);
  const [whole, setWhole] = useState(false);
  const words = useWarningWords(warning, whole);
  const long = namesOf(warning).length > namesShown;
  return (
    <p className={styles.warning} role="note">
      <Icon name={warning.code === 'areasEstimated' ? 'info' : 'warning'} />
      <span>
        {words}{' '}
        {warning.code === 'otherCrs' && (
          <Button size="s" onPress={() => preview.change({ crs: warning.crs })}>
            {texts.warning.useCrs(texts.crsName[warning.crs])}
          </Button>
        )}
        {long && !whole && (
          <Button size="s" variant="quiet" onPress={() => setWhole(true)}>
            {texts.more}
          </Button>
        )}
      </span>
    </p>
  );
}

/** `whole`: with all the names that it holds, not only the first. */
function useWarningWords(warning: LayerWarning, whole: boolean): string {
  const t = useT();
  const texts = useTexts(layersTexts).warning;
  const { crsName } = useTexts(layersTexts);
  const formats = useFormats();
  const names = namesOf(warning);
  const shown = whole ? names : names.slice(0, namesShown);
  const list = shown.join(t.list) + (shown.length < names.length ? ' …' : '');
  switch (warning.code) {
    case 'otherCrs': {
      const { medianM, crs, betterM } = warning;
      return texts.otherCrs(formats.number(medianM), crsName[crs], formats.number(betterM));
    }
    case 'offRoad':
      return texts.offRoad(formats.number(warning.medianM));
    case 'areasEstimated':
      return texts.areasEstimated();
    case 'unknownColumns':
    case 'areasDropped':
    case 'withoutArea':
    case 'unitsDropped':
      return texts[warning.code](list);
  }
}

function namesOf(warning: LayerWarning): readonly string[] {
  if ('columns' in warning) return warning.columns;
  if ('stations' in warning) return warning.stations;
  return 'callsigns' in warning ? warning.callsigns : [];
}
