import type { PriorChange, PriorKind } from '#contract/prior.ts';
import { priorTexts } from '../../i18n/sections/priors.ts';
import { useFormats, useT, useTexts } from '../../i18n/use-t.ts';
import { Section } from '../../ui/section.tsx';
import { useKindName } from './prior-table.tsx';
import styles from './priors.module.css';

/** The largest of a change; the others are in the table when it is the last one. */
const mostNamed = 5;

/** Who changed what, when and why. */
export function History({ changes }: { changes: readonly PriorChange[] }) {
  const t = useT();
  const texts = useTexts(priorTexts);
  const formats = useFormats();
  return (
    <Section title={texts.history} icon="history">
      {changes.length === 0 ? (
        <p className={styles.hint}>{texts.noHistory}</p>
      ) : (
        <ol className={styles.history}>
          {changes.map(change => (
            <li key={change.seq}>
              <time dateTime={change.at}>{formats.stamp(Date.parse(change.at))}</time>
              <strong>{t.scam[change.scamType]}</strong>
              <span>{change.by}</span>
              <span className={styles.what}>
                <Weights change={change} />
              </span>
              <q>{change.reason}</q>
            </li>
          ))}
        </ol>
      )}
    </Section>
  );
}

function Weights({ change: { weights } }: { change: PriorChange }) {
  const t = useT();
  const texts = useTexts(priorTexts);
  const formats = useFormats();
  const name = useKindName();
  if (!weights) return texts.toDefault;
  const named = (Object.entries(weights) as [PriorKind, number][])
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, mostNamed)
    .map(([kind, weight]) => `${name(kind)} ${formats.percent(weight)}`);
  return `${texts.changedTo} ${named.join(t.list)}`;
}
