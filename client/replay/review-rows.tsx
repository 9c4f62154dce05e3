import { approveReview, endReview, type ReviewView } from '../api/replay.ts';
import { Link } from '../app/link.tsx';
import { mayDecideAuthority } from '../app/rights.ts';
import { replayPath } from '../app/router.ts';
import { useSignedIn } from '../app/session.ts';
import { useReference } from '../desk/reference.ts';
import { useAction } from '../desk/use-action.ts';
import { reviewTexts } from '../i18n/sections/reviews.ts';
import { useFormats, useT, useTexts } from '../i18n/use-t.ts';
import { presentNow } from '../store/live.ts';
import { Button } from '../ui/button.tsx';
import { Problem } from '../ui/section.tsx';
import styles from './trace-section.module.css';

export type ReviewState = 'waiting' | 'valid' | 'expired' | 'ended';

/** By the clock of today, whatever moment is replayed. */
export function stateOf({ endedAt, expiresAt, approvedBy }: ReviewView, nowMs: number): ReviewState {
  if (endedAt !== null) return 'ended';
  if (Date.parse(expiresAt) <= nowMs) return 'expired';
  return approvedBy === null ? 'waiting' : 'valid';
}

interface Rows {
  reviews: readonly ReviewView[];
  /** Which incident each is about is said too. */
  named?: boolean;
  onChange: () => void;
}

/** Who asked to see a recorded trace, and what came of it. */
export function ReviewRows({ reviews, named = false, onChange }: Rows) {
  return (
    <ul className={styles.reviews}>
      {reviews.map(review => (
        <ReviewRow key={review.id} review={review} named={named} onChange={onChange} />
      ))}
    </ul>
  );
}

function ReviewRow({
  review,
  named,
  onChange,
}: {
  review: ReviewView;
  named: boolean;
  onChange: () => void;
}) {
  const t = useT();
  const texts = useTexts(reviewTexts);
  const formats = useFormats();
  const { role, userId } = useSignedIn();
  const users = useReference(reference => reference.users);
  const action = useAction();
  const state = stateOf(review, presentNow());
  const own = review.requestedBy === userId;
  const decides = mayDecideAuthority(role);
  const nameOf = (id: string) => users.find(user => user.id === id)?.displayName ?? id;
  const act = async (what: (id: string) => Promise<unknown>) => {
    if (await action.run(() => what(review.id))) onChange();
  };
  const open = state === 'waiting' || state === 'valid';
  return (
    <li>
      <p>
        <strong>{review.number}</strong>
        <span data-state={state}>{texts.states[state]}</span>
        {open && <time>{t.authority.expires(formats.stampShort(Date.parse(review.expiresAt)))}</time>}
      </p>
      <p className={styles.muted}>
        {named && (
          <>
            <Link to={replayPath(review.incidentId)}>{texts.ofIncident(review.incidentNumber)}</Link> ·{' '}
          </>
        )}
        {t.authority.requestedBy(nameOf(review.requestedBy))}
        {review.approvedBy && ` · ${t.authority.approvedBy(nameOf(review.approvedBy))}`} · {review.legalBasis}{' '}
        · {review.reason}
      </p>
      {state === 'waiting' && own && decides && <p className={styles.warn}>{t.authority.ownRequest}</p>}
      <p className={styles.verbs}>
        {state === 'waiting' && decides && !own && (
          <Button size="s" variant="primary" isDisabled={action.busy} onPress={() => void act(approveReview)}>
            {t.authority.approve}
          </Button>
        )}
        {open && (decides || own) && (
          <Button size="s" variant="danger" isDisabled={action.busy} onPress={() => void act(endReview)}>
            {texts.end}
          </Button>
        )}
      </p>
      <Problem>{action.problem}</Problem>
    </li>
  );
}
