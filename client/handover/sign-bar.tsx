import type { HandoverView } from '#contract/handover.ts';
import { signHandover, takeHandover } from '../api/handovers.ts';
import { maySignHandovers } from '../app/rights.ts';
import { useSignedIn } from '../app/session.ts';
import { useAction } from '../desk/use-action.ts';
import { handoverTexts } from '../i18n/sections/handover.ts';
import { useFormats, useTexts } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icons/icon.tsx';
import { Problem } from '../ui/section.tsx';
import styles from './handover.module.css';

/** Who has signed and who has still to: the leader who goes first, then the one who comes. */
export function SignBar({ newest, onChange }: { newest: HandoverView | undefined; onChange: () => void }) {
  const texts = useTexts(handoverTexts);
  const formats = useFormats();
  const { role, userId } = useSignedIn();
  const action = useAction();
  const waiting = newest && newest.takenBy === null ? newest : undefined;
  const run = (work: () => Promise<unknown>) =>
    void action.run(work).then(done => {
      if (done) onChange();
    });
  return (
    <div className={styles.bar} data-waiting={waiting !== undefined || undefined}>
      {waiting && (
        <strong role="status">
          <Icon name="clock" />{' '}
          {texts.waits(waiting.signedByName, formats.timeShort(Date.parse(waiting.signedAt)))}
        </strong>
      )}
      <small>{waiting?.signedBy === userId ? texts.ownWaits : texts.signHint}</small>
      <Problem>{action.problem}</Problem>
      <span className={styles.verbs}>
        <Button icon="list" onPress={() => globalThis.print()}>
          {texts.print}
        </Button>
        {maySignHandovers(role) && waiting && waiting.signedBy !== userId && (
          <Button
            variant="primary"
            icon="check"
            isDisabled={action.busy}
            onPress={() => run(() => takeHandover(waiting.id))}
          >
            {texts.take}
          </Button>
        )}
        {maySignHandovers(role) && (!waiting || waiting.signedBy === userId) && (
          <Button
            variant={waiting ? 'plain' : 'primary'}
            icon="edit"
            isDisabled={action.busy}
            onPress={() => run(signHandover)}
          >
            {waiting ? texts.signAgain : texts.sign}
          </Button>
        )}
      </span>
    </div>
  );
}
