import { useState } from 'react';
import type { ScamType } from '#contract/alert.ts';
import type { PriorsReply, ScriptPrior } from '#contract/prior.ts';
import { errorText } from '../../api/error-text.ts';
import { fetchPriors } from '../../api/priors.ts';
import { maySetPriors } from '../../app/rights.ts';
import { useSignedIn } from '../../app/session.ts';
import { useQuery } from '../../desk/use-query.ts';
import { priorTexts } from '../../i18n/sections/priors.ts';
import { useFormats, useT, useTexts } from '../../i18n/use-t.ts';
import { Button } from '../../ui/button.tsx';
import { ChoiceField } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Problem, Section } from '../../ui/section.tsx';
import { History } from './history.tsx';
import { PriorTable } from './prior-table.tsx';
import styles from './priors.module.css';
import { ResetDialog, WeightsDialog } from './weights-dialog.tsx';

/** Where people are found under each kind of fraud: what is assumed, what was learned, and how sure that is. */
export default function PriorsSection() {
  const t = useT();
  const { data, error, reload } = useQuery('priors', fetchPriors);
  if (error !== undefined && !data) return <Problem>{errorText(error, t)}</Problem>;
  if (!data) return <Notice title={t.loading} full />;
  return <Priors priors={data} reload={reload} />;
}

function Priors({ priors, reload }: { priors: PriorsReply; reload: () => void }) {
  const t = useT();
  const texts = useTexts(priorTexts);
  const { role } = useSignedIn();
  const [scamType, setScamType] = useState<ScamType>('fakePolice');
  const [asking, setAsking] = useState<'weights' | 'reset' | null>(null);
  const prior = priors.items.find(item => item.scamType === scamType);
  const done = () => {
    setAsking(null);
    reload();
  };
  return (
    <div className={styles.page}>
      <h2 className="visually-hidden">{texts.title}</h2>
      <Section title={texts.title} icon="chart">
        <p className={styles.hint}>{texts.hint}</p>
        <div className={styles.bar}>
          <ChoiceField<ScamType>
            label={texts.script}
            value={scamType}
            onChange={setScamType}
            choices={priors.items.map(item => ({ value: item.scamType, label: t.scam[item.scamType] }))}
          />
          {prior && <Basis prior={prior} />}
          <span className={styles.verbs}>
            {maySetPriors(role) ? (
              <>
                <Button icon="edit" onPress={() => setAsking('weights')}>
                  {texts.edit}
                </Button>
                <Button icon="undo" onPress={() => setAsking('reset')}>
                  {texts.reset}
                </Button>
              </>
            ) : (
              <span className={styles.hint}>{texts.onlyLeader}</span>
            )}
          </span>
        </div>
        {prior && <PriorTable prior={prior} />}
      </Section>
      <History changes={priors.changes} />
      {prior && asking === 'weights' && (
        <WeightsDialog prior={prior} onDone={done} onClose={() => setAsking(null)} />
      )}
      {asking === 'reset' && (
        <ResetDialog scamType={scamType} onDone={done} onClose={() => setAsking(null)} />
      )}
    </div>
  );
}

/** How much stands behind the numbers. */
function Basis({ prior: { n, strength } }: { prior: ScriptPrior }) {
  const texts = useTexts(priorTexts);
  const formats = useFormats();
  return (
    <p className={styles.basis}>
      <strong>{texts.counted(formats.number(n))}</strong>
      <span className={styles.hint}>{texts.strength(formats.number(strength))}</span>
      {n < strength && <span className={styles.weakNote}>{texts.mostlyAssumed}</span>}
    </p>
  );
}
