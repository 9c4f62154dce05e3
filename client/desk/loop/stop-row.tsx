import { lazy, Suspense, useState } from 'react';
import type { WorldIncident } from '#domain/world.ts';
import { requestStop, withdrawStop } from '../../api/stops.ts';
import { letterPath } from '../../app/router.ts';
import { useNow } from '../../clock/use-now.ts';
import { stopTexts } from '../../i18n/sections/stops.ts';
import { useFormats, useT, useTexts } from '../../i18n/use-t.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons/icon.tsx';
import { Problem } from '../../ui/section.tsx';
import { ReasonDialog } from '../tasks/reason-dialog.tsx';
import { useAction } from '../use-action.ts';
import type { StopLine } from './stop-lines.ts';
import styles from './stops.module.css';

const StopCorrectDialog = lazy(() => import('./stop-correct-dialog.tsx'));
const StopAnswerDialog = lazy(() => import('./stop-answer-dialog.tsx'));

interface StopRowProps {
  incident: WorldIncident;
  line: StopLine;
  works: boolean;
}

/** One account: which bank, how much, how long it has been waiting, whom to telephone, what to do next. */
export function StopRow({ incident, line, works }: StopRowProps) {
  const texts = useTexts(stopTexts);
  const { bank, lastFour, stop, number } = line;
  return (
    <li className={styles.line} data-state={stop?.state ?? 'open'}>
      <p className={styles.head}>
        <strong>{bank || texts.noBank}</strong>
        {works && <span>{lastFour === null ? texts.erased : texts.account(lastFour)}</span>}
        <span className={styles.state}>{texts.state[stop?.state ?? 'open']}</span>
      </p>
      <p className={styles.facts}>
        <Amounts line={line} />
        {number && <Telephone number={number} />}
      </p>
      {stop?.note && <p className={styles.note}>{stop.note}</p>}
      <Corrections line={line} />
      {works && <Verbs incident={incident} line={line} />}
    </li>
  );
}

function Amounts({ line: { amount, stop } }: { line: StopLine }) {
  const texts = useTexts(stopTexts);
  const formats = useFormats();
  const now = useNow();
  const whole = amount === null ? texts.wholeBalance : formats.yuan(amount);
  if (!stop) return <span>{whole}</span>;
  const { requestedAt, answeredAt, state, amountHeld } = stop;
  const untilMs = answeredAt === null ? now : Date.parse(answeredAt);
  const time = formats.clockAge((untilMs - Date.parse(requestedAt)) / 1000);
  return (
    <>
      <span>{texts.askedFor(whole)}</span>
      {state === 'confirmed' && <b>{texts.held(formats.yuan(amountHeld ?? 0))}</b>}
      <time dateTime={requestedAt}>
        {state === 'requested' ? texts.waitingSince(time) : texts.answeredAfter(time)}
      </time>
    </>
  );
}

/** What was noted before, and why that was put right. */
function Corrections({ line: { stop } }: { line: StopLine }) {
  const t = useT();
  const texts = useTexts(stopTexts);
  const formats = useFormats();
  return stop?.corrections.map(({ at, before, by, reason }) => (
    <p key={at} className={styles.note}>
      {[texts.corrected(formats.yuan(before), formats.stamp(Date.parse(at))), by, reason]
        .filter(Boolean)
        .join(t.list)}
    </p>
  ));
}

function Telephone({ number }: { number: NonNullable<StopLine['number']> }) {
  const texts = useTexts(stopTexts);
  const { bank, branch, phone, person, hours, listed } = number;
  const title = [`${bank} ${branch}`.trim(), person, hours, listed ? null : texts.public].filter(Boolean);
  return (
    <a
      className={styles.phone}
      href={`tel:${phone.replaceAll(/[^\d+]/g, '')}`}
      title={title.join(' · ')}
      aria-label={`${texts.call(bank)} ${phone}`}
      data-public={!listed || undefined}
    >
      <Icon name="phone" size="1em" /> {phone}
    </a>
  );
}

type Asking = 'confirm' | 'refuse' | 'withdraw' | 'correct';

function Verbs({ incident, line }: Omit<StopRowProps, 'works'>) {
  const texts = useTexts(stopTexts);
  const { accountId, bank, lastFour, amount, stop } = line;
  const account = [bank, lastFour && texts.account(lastFour)].filter(Boolean).join(' ');
  const action = useAction();
  const [asking, setAsking] = useState<Asking | null>(null);
  const waits = stop?.state === 'requested';
  const mayAsk = incident.state === 'open' && accountId !== null && !waits;
  const request = () => void action.run(() => requestStop(incident.id, { account: accountId! }));
  const close = () => setAsking(null);
  return (
    <p className={styles.verbs}>
      {mayAsk && stop?.state !== 'confirmed' && (
        <Button size="s" isDisabled={action.busy} onPress={request}>
          {stop ? texts.again : texts.request}
        </Button>
      )}
      {waits && (
        <>
          <Button size="s" icon="check" onPress={() => setAsking('confirm')}>
            {texts.confirm}
          </Button>
          <Button size="s" onPress={() => setAsking('refuse')}>
            {texts.refuse}
          </Button>
          <Button size="s" variant="quiet" onPress={() => setAsking('withdraw')}>
            {texts.withdraw}
          </Button>
        </>
      )}
      {stop?.state === 'confirmed' && (
        <Button size="s" variant="quiet" icon="edit" onPress={() => setAsking('correct')}>
          {texts.correct}
        </Button>
      )}
      {stop && stop.state !== 'withdrawn' && accountId !== null && (
        <a
          className={buttonClass({ size: 's', variant: 'quiet' })}
          href={letterPath(stop.id)}
          target="_blank"
          rel="noreferrer"
        >
          {texts.letter}
        </a>
      )}
      <Problem>{action.problem}</Problem>
      {stop && asking === 'withdraw' && (
        <ReasonDialog
          title={texts.withdrawTitle}
          isRequired
          onClose={close}
          onReason={reason => withdrawStop(stop.id, reason ?? '')}
        />
      )}
      {stop && asking === 'correct' && (
        <Suspense>
          <StopCorrectDialog
            stopId={stop.id}
            account={account}
            amount={amount}
            held={stop.amountHeld ?? 0}
            onClose={close}
          />
        </Suspense>
      )}
      {stop && (asking === 'confirm' || asking === 'refuse') && (
        <Suspense>
          <StopAnswerDialog
            stopId={stop.id}
            account={account}
            amount={amount}
            verb={asking}
            onClose={close}
          />
        </Suspense>
      )}
    </p>
  );
}
