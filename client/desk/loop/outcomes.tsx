import { lazy, Suspense, useState } from 'react';
import type { WorldIncident } from '#domain/world.ts';
import { fetchOutcomes, type OutcomeView } from '../../api/clear.ts';
import { errorText } from '../../api/error-text.ts';
import { mayReportOutcomes } from '../../app/rights.ts';
import { useSignedIn } from '../../app/session.ts';
import { outcomeTexts } from '../../i18n/sections/outcomes.ts';
import { useFormats, useT, useTexts } from '../../i18n/use-t.ts';
import { Button } from '../../ui/button.tsx';
import { Problem, Section } from '../../ui/section.tsx';
import { useQuery } from '../use-query.ts';
import styles from './outcomes.module.css';

const OutcomeDialog = lazy(() => import('./outcome-dialog.tsx'));

/** What became of her money, also once the incident is closed: the newest report counts. */
export function Outcomes({ incident: { id, loop } }: { incident: WorldIncident }) {
  const t = useT();
  const texts = useTexts(outcomeTexts);
  const { role } = useSignedIn();
  const [reporting, setReporting] = useState(false);
  const count = Object.keys(loop.outcomes).length;
  const may = mayReportOutcomes(role);
  const { data, error } = useQuery(may && count > 0 ? `${id} ${count}` : null, signal =>
    fetchOutcomes(id, signal),
  );
  if (!may) return null;
  return (
    <Section
      title={texts.title}
      action={
        <Button size="s" icon="plus" onPress={() => setReporting(true)}>
          {texts.report}
        </Button>
      }
    >
      <Problem>{error !== undefined && errorText(error, t)}</Problem>
      {count === 0 ? (
        <p className={styles.none}>{texts.none}</p>
      ) : (
        <ol className={styles.outcomes}>
          {data?.map(outcome => (
            <Outcome key={outcome.id} outcome={outcome} />
          ))}
        </ol>
      )}
      {reporting && (
        <Suspense>
          <OutcomeDialog incidentId={id} onClose={() => setReporting(false)} />
        </Suspense>
      )}
    </Section>
  );
}

function Outcome({ outcome }: { outcome: OutcomeView }) {
  const texts = useTexts(outcomeTexts);
  const formats = useFormats();
  const { transferredAfterAlert, lossAmount, caseFiled, caseNumber, arrests, note, newest } = outcome;
  const words = [
    ...(lossAmount === null ? [] : [texts.loss(formats.yuan(lossAmount))]),
    ...(caseFiled ? [texts.caseFiled(caseNumber)] : []),
    ...(arrests > 0 ? [texts.arrests(arrests)] : []),
  ];
  return (
    <li data-newest={newest || undefined}>
      <strong data-bad={transferredAfterAlert || undefined}>
        {transferredAfterAlert ? texts.transferred : texts.notTransferred}
      </strong>
      {newest && <em>{texts.counts}</em>}
      {words.length > 0 && <div>{words.join(' · ')}</div>}
      {note !== null && <div>{note}</div>}
      <small>
        {formats.stamp(Date.parse(outcome.reportedAt))} · {outcome.recordedBy}
      </small>
    </li>
  );
}
