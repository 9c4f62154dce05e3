import { useState } from 'react';
import { weekOf, weekStartMs } from '#contract/audit.ts';
import { fetchUnusual, type Finding, type Unusual } from '../api/audit.ts';
import { errorText } from '../api/error-text.ts';
import { useSignedIn } from '../app/session.ts';
import { useNow } from '../clock/use-now.ts';
import { useQuery } from '../desk/use-query.ts';
import { auditTexts } from '../i18n/sections/audit.ts';
import { useFormats, useT, useTexts } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { Problem, Section } from '../ui/section.tsx';
import styles from './audit.module.css';
import { FindingDialog } from './finding-dialog.tsx';
import { IncidentName, Person } from './names.tsx';

const dayMs = 86_400_000;

/** Looks of a week that somebody should ask about. */
export default function UnusualSection() {
  const t = useT();
  const texts = useTexts(auditTexts);
  const now = useNow();
  const thisWeek = weekOf(now);
  const [week, setWeek] = useState(thisWeek);
  const { data, error, reload } = useQuery(week, signal => fetchUnusual(week, signal));
  const [reviewing, setReviewing] = useState<Finding | null>(null);
  const move = (weeks: number) => setWeek(weekOf(weekStartMs(week)! + (weeks * 7 + 1) * dayMs));
  return (
    <div className={styles.page}>
      <h2 className="visually-hidden">{texts.sections.unusual}</h2>
      <Section
        title={`${texts.sections.unusual} · ${week}`}
        icon="warning"
        action={
          <span className={styles.end}>
            <Button icon="chevronLeft" onPress={() => move(-1)}>
              {texts.earlier}
            </Button>
            <Button icon="chevronRight" isDisabled={week >= thisWeek} onPress={() => move(1)}>
              {texts.later}
            </Button>
          </span>
        }
      >
        <Problem>{error !== undefined && errorText(error, t)}</Problem>
        {data ? <Findings unusual={data} onReview={setReviewing} /> : <Notice title={t.loading} />}
      </Section>
      {reviewing && (
        <FindingDialog
          finding={reviewing}
          onDone={() => {
            setReviewing(null);
            reload();
          }}
          onClose={() => setReviewing(null)}
        />
      )}
    </div>
  );
}

interface FindingsProps {
  unusual: Unusual;
  onReview: (finding: Finding) => void;
}

function Findings({ unusual: { from, to, looks, people, unmatched, items }, onReview }: FindingsProps) {
  const texts = useTexts(auditTexts);
  const formats = useFormats();
  const span = texts.weekOf(formats.day(Date.parse(from)), formats.day(Date.parse(to) - dayMs / 2));
  return (
    <>
      <p>
        {span} · {texts.weekCounts(formats.number(looks), formats.number(people))}
      </p>
      {unmatched > 0 && <p className={styles.hint}>{texts.unmatched(formats.number(unmatched))}</p>}
      {items.length === 0 ? (
        <Notice icon="check" title={texts.noFindings} hint={texts.noFindingsHint} />
      ) : (
        <div className={styles.scroll}>
          <table className={styles.table}>
            <thead>
              <tr>
                {texts.findingColumns.map(column => (
                  <th key={column} scope="col">
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {items.map(finding => (
                <Row key={finding.id} finding={finding} onReview={onReview} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}

function Row({ finding, onReview }: { finding: Finding; onReview: FindingsProps['onReview'] }) {
  const texts = useTexts(auditTexts);
  const formats = useFormats();
  const { userId } = useSignedIn();
  const { kind, person, incident, numbers, state, note, reviewedBy, reviewedAt } = finding;
  return (
    <tr data-state={state}>
      <th scope="row">{texts.kinds[kind]}</th>
      <td>
        <Person person={person} />
      </td>
      <td>
        <IncidentName incident={incident} />
      </td>
      <td className={styles.words}>{texts.why[kind](numbers)}</td>
      <td className={styles.words}>
        <strong>{texts.states[state]}</strong>
        {reviewedBy !== null && reviewedAt !== null && (
          <small>{texts.reviewed(reviewedBy, formats.stamp(Date.parse(reviewedAt)))}</small>
        )}
        {note !== null && <div>{note}</div>}
        {person.id === userId ? (
          <small>{texts.own}</small>
        ) : (
          <Button size="s" icon="edit" onPress={() => onReview(finding)}>
            {texts.review}
          </Button>
        )}
      </td>
    </tr>
  );
}
