import { proposedRevisits } from '#domain/loop/meeting.ts';
import { endRevisit, type MeetingView, planRevisit } from '../../api/meetings.ts';
import { mayHoldMeetings } from '../../app/rights.ts';
import { useSignedIn } from '../../app/session.ts';
import { useNow } from '../../clock/use-now.ts';
import { meetingTexts } from '../../i18n/sections/meeting.ts';
import { useFormats, useTexts } from '../../i18n/use-t.ts';
import { Button } from '../../ui/button.tsx';
import { Problem } from '../../ui/section.tsx';
import { useAction } from '../use-action.ts';
import styles from './meeting.module.css';

/** When somebody comes back, and what came of it; what the rule proposes is one press away. */
export function MeetingRevisits({ meeting: { id, at, steps, revisits } }: { meeting: MeetingView }) {
  const texts = useTexts(meetingTexts);
  const formats = useFormats();
  const { role } = useSignedIn();
  const now = useNow();
  const action = useAction();
  const may = mayHoldMeetings(role);
  const day = (iso: string) => formats.day(Date.parse(iso));
  const days = new Set(revisits.map(({ dueAt }) => day(dueAt)));
  const proposed = proposedRevisits(Date.parse(at), steps)
    .filter(ms => ms > now)
    .map(ms => new Date(ms).toISOString())
    .filter(dueAt => !days.has(day(dueAt)));
  return (
    <div className={styles.row}>
      {revisits.map(({ id: revisitId, dueAt, state }) => (
        <span key={revisitId} className={styles.revisit} data-state={state}>
          {day(dueAt)} {texts.revisitStates[state]}
          {may && (state === 'planned' || state === 'missed') && (
            <Button
              size="s"
              isDisabled={action.busy}
              onPress={() => void action.run(() => endRevisit(revisitId, 'done'))}
            >
              {texts.revisitDone}
            </Button>
          )}
          {may && state === 'planned' && (
            <Button
              size="s"
              variant="quiet"
              isDisabled={action.busy}
              onPress={() => void action.run(() => endRevisit(revisitId, 'cancel'))}
            >
              {texts.revisitCancel}
            </Button>
          )}
        </span>
      ))}
      {may &&
        proposed.map(dueAt => (
          <Button
            key={dueAt}
            size="s"
            variant="quiet"
            icon="history"
            isDisabled={action.busy}
            onPress={() => void action.run(() => planRevisit(id, dueAt))}
          >
            {texts.proposed(day(dueAt))}
          </Button>
        ))}
      <Problem>{action.problem}</Problem>
    </div>
  );
}
