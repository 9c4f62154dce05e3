import { useState } from 'react';
import { fetchGlassUses, type GlassView } from '../../api/access.ts';
import { errorText } from '../../api/error-text.ts';
import { useSignedIn } from '../../app/session.ts';
import { useNow } from '../../clock/use-now.ts';
import { useQuery } from '../../desk/use-query.ts';
import { accessTexts } from '../../i18n/sections/access.ts';
import { useFormats, useT, useTexts } from '../../i18n/use-t.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Problem, Section } from '../../ui/section.tsx';
import styles from './glass.module.css';
import { ReviewDialog } from './review-dialog.tsx';

/** Every trace that was opened without an approval, and what somebody else said of it afterwards. */
export default function GlassSection() {
  const t = useT();
  const texts = useTexts(accessTexts);
  const { data, error, reload } = useQuery('glass', fetchGlassUses);
  const [reviewing, setReviewing] = useState<GlassView | null>(null);
  if (error !== undefined && !data) return <Problem>{errorText(error, t)}</Problem>;
  if (!data) return <Notice title={t.loading} full />;
  return (
    <div className={styles.page}>
      <h2 className="visually-hidden">{texts.reviews}</h2>
      <Section title={texts.reviews} icon="shield">
        <p className={styles.hint}>{texts.reviewsHint}</p>
        {data.length === 0 ? (
          <p className={styles.hint}>{texts.reviewsEmpty}</p>
        ) : (
          <Uses uses={data} onReview={setReviewing} />
        )}
      </Section>
      {reviewing && (
        <ReviewDialog
          use={reviewing}
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

interface UsesProps {
  uses: readonly GlassView[];
  onReview: (use: GlassView) => void;
}

function Uses({ uses, onReview }: UsesProps) {
  const { columns } = useTexts(accessTexts);
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            {Object.values(columns).map(column => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {uses.map(use => (
            <Use key={use.authorityId} use={use} onReview={onReview} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Use({ use, onReview }: { use: GlassView; onReview: UsesProps['onReview'] }) {
  const texts = useTexts(accessTexts);
  const formats = useFormats();
  const now = useNow();
  const { userId } = useSignedIn();
  const openedAt = Date.parse(use.openedAt);
  const lastedS = (Math.min(now, Date.parse(use.endsAt)) - openedAt) / 1000;
  const leftS = (Date.parse(use.reviewDueAt) - now) / 1000;
  const due = use.verdict === null;
  return (
    <tr data-overdue={(due && leftS <= 0) || undefined}>
      <th scope="row">
        <strong>{use.incidentNumber}</strong>
      </th>
      <td>
        {use.openedByName}
        <small>
          {formats.stamp(openedAt)} · {texts.lasted(formats.minutes(lastedS))}
        </small>
      </td>
      <td className={styles.words}>{use.reason}</td>
      <td>{texts.looks(use.looks)}</td>
      <td>
        {formats.stamp(Date.parse(use.reviewDueAt))}
        {due && (
          <small className={styles.clock}>
            {leftS > 0
              ? texts.left(formats.clockAge(leftS))
              : texts.reviewState.overdue(formats.clockAge(-leftS))}
          </small>
        )}
      </td>
      <td className={styles.words}>
        <Verdict use={use} />
        {due &&
          (use.openedBy === userId ? (
            <span className={styles.hint}>{texts.own}</span>
          ) : (
            <Button size="s" variant="primary" onPress={() => onReview(use)}>
              {texts.review}
            </Button>
          ))}
      </td>
    </tr>
  );
}

function Verdict({ use: { verdict, note, reviewedByName, reviewedAt } }: { use: GlassView }) {
  const texts = useTexts(accessTexts);
  const formats = useFormats();
  if (verdict === null) return null;
  return (
    <>
      <b data-verdict={verdict}>{texts.verdicts[verdict]}</b> {note}
      <small>{texts.by(reviewedByName ?? '', formats.stamp(Date.parse(reviewedAt ?? '')))}</small>
    </>
  );
}
