import { lazy, Suspense, useState } from 'react';
import type { TraceRequestView } from '#contract/lines.ts';
import { isOpenRequest } from '#domain/loop/request.ts';
import type { WorldAuthority, WorldIncident } from '#domain/world.ts';
import { approveAuthority } from '../../api/incidents.ts';
import { askForRequests, endRequest, fetchRequests } from '../../api/lines.ts';
import { mayDecideAuthority } from '../../app/rights.ts';
import { useSignedIn } from '../../app/session.ts';
import { useNow } from '../../clock/use-now.ts';
import { lineTexts } from '../../i18n/sections/lines.ts';
import { useFormats, useTexts } from '../../i18n/use-t.ts';
import { authorityState } from '../../store/selectors.ts';
import { Button } from '../../ui/button.tsx';
import { Problem } from '../../ui/section.tsx';
import { sayDone } from '../desk-store.ts';
import { ReasonDialog } from '../tasks/reason-dialog.tsx';
import { useAction } from '../use-action.ts';
import { useQuery } from '../use-query.ts';
import styles from './lines.module.css';

const RequestDialog = lazy(() => import('./request-new-dialog.tsx'));

/** Who was asked for her trace, and the one key that brings it a step further. */
export function RequestLine({ incident }: { incident: WorldIncident }) {
  const texts = useTexts(lineTexts);
  const [adding, setAdding] = useState(false);
  const requests = Object.values(incident.loop.requests);
  const version = requests.map(({ id, state }) => `${id}:${state}`).join(' ');
  const views = useQuery<TraceRequestView[]>(`${incident.id} ${version}`, signal =>
    fetchRequests(incident.id, signal),
  );
  const open = incident.state === 'open';
  return (
    <>
      {open && <NextStep incident={incident} />}
      <ul className={styles.rows} aria-label={texts.requests}>
        {(views.data ?? []).map(view => (
          <RequestRow key={view.id} view={view} works={open} />
        ))}
      </ul>
      {open && (
        <span className={styles.wide}>
          <Button size="s" variant="quiet" icon="plus" onPress={() => setAdding(true)}>
            {texts.newRequest}
          </Button>
        </span>
      )}
      {adding && (
        <Suspense>
          <RequestDialog incidentId={incident.id} onClose={() => setAdding(false)} />
        </Suspense>
      )}
    </>
  );
}

/** Asks for the authority, or approves it where somebody else asked. */
function NextStep({ incident }: { incident: WorldIncident }) {
  const texts = useTexts(lineTexts);
  const { role, userId } = useSignedIn();
  const now = useNow();
  const action = useAction();
  const requests = Object.values(incident.loop.requests);
  const prepared = requests.some(({ state }) => state === 'prepared');
  const pending = Object.values(incident.authorities).find(
    (each: WorldAuthority) => authorityState(each, now) === 'pending' && !each.breakGlass,
  );
  const waiting = requests.filter(({ state }) => state === 'prepared' || state === 'asked').length;
  const approve = (authorityId: string) =>
    void action.run(async () => {
      await approveAuthority(authorityId);
      sayDone(texts.approved(waiting));
    });
  const ask = () =>
    void action.run(async () => {
      await askForRequests(incident.id);
      sayDone(texts.asked);
    });
  const decides = pending && mayDecideAuthority(role) && pending.requestedBy !== userId;
  if (waiting === 0) return null;
  return (
    <p className={styles.facts}>
      {pending && pending.requestedBy === userId && <span>{texts.ownPaper}</span>}
      <span className={styles.verbs} data-key="p">
        {decides ? (
          <Button
            size="s"
            variant="primary"
            icon="check"
            isDisabled={action.busy}
            onPress={() => approve(pending.id)}
          >
            {texts.approve} <kbd>P</kbd>
          </Button>
        ) : (
          prepared && (
            <Button size="s" variant="primary" icon="shield" isDisabled={action.busy} onPress={ask}>
              {texts.ask} <kbd>P</kbd>
            </Button>
          )
        )}
      </span>
      <Problem>{action.problem}</Problem>
    </p>
  );
}

function RequestRow({ view, works }: { view: TraceRequestView; works: boolean }) {
  const texts = useTexts(lineTexts);
  const formats = useFormats();
  const action = useAction();
  const [ending, setEnding] = useState<'fail' | 'withdraw' | null>(null);
  const changedAt = view.endedAt ?? view.sentAt ?? view.askedAt ?? view.madeAt;
  const answerable = view.state === 'asked' || view.state === 'sent';
  return (
    <li className={styles.row} title={view.what ?? undefined}>
      <strong>{texts.source[view.askedOf]}</strong>
      <span>{texts.requestState[view.state]}</span>
      <time>{formats.timeShort(Date.parse(changedAt))}</time>
      {view.note && <small>{view.note}</small>}
      {works && isOpenRequest(view) && (
        <span className={styles.verbs}>
          {answerable && (
            <Button
              size="s"
              isDisabled={action.busy}
              onPress={() => void action.run(() => endRequest(view.id, 'answer'))}
            >
              {texts.answered}
            </Button>
          )}
          {answerable && (
            <Button size="s" variant="quiet" onPress={() => setEnding('fail')}>
              {texts.fail}
            </Button>
          )}
          {view.state === 'prepared' && (
            <Button size="s" variant="quiet" onPress={() => setEnding('withdraw')}>
              {texts.withdraw}
            </Button>
          )}
        </span>
      )}
      <Problem>{action.problem}</Problem>
      {ending && (
        <ReasonDialog
          title={texts[ending]}
          onClose={() => setEnding(null)}
          onReason={reason => endRequest(view.id, ending, reason)}
        />
      )}
    </li>
  );
}
