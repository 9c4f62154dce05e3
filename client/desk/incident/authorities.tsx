import type { WorldAuthority, WorldIncident } from '#domain/world.ts';
import { lazy, Suspense, useState } from 'react';
import { approveAuthority, type IncidentDetail, revokeAuthority } from '../../api/incidents.ts';
import { mayDecideAuthority, mayRequestAuthority } from '../../app/rights.ts';
import { useSignedIn } from '../../app/session.ts';
import { useNow } from '../../clock/use-now.ts';
import { accessTexts } from '../../i18n/sections/access.ts';
import { useFormats, useT, useTexts } from '../../i18n/use-t.ts';
import { authorityState } from '../../store/selectors.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { Problem, Section } from '../../ui/section.tsx';
import { GlassReviewState } from '../glass/review-state.tsx';
import { useReference } from '../reference.ts';
import { type Action, useAction } from '../use-action.ts';
import styles from './incident-panel.module.css';
import type { Paper } from './request-dialog.tsx';

const RequestDialog = lazy(() => import('./request-dialog.tsx'));

/** Permissions to look at the trace: asked for by one person, decided by another. */
export function Authorities({
  incident,
  detail,
}: {
  incident: WorldIncident;
  detail: IncidentDetail | undefined;
}) {
  const t = useT();
  const { role } = useSignedIn();
  const [requesting, setRequesting] = useState<{ extends?: Paper } | null>(null);
  const authorities = Object.values(incident.authorities).toReversed();
  const requests = incident.state === 'open' && mayRequestAuthority(role);
  return (
    <Section
      title={t.authority.title}
      icon="shield"
      action={
        requests && (
          <Button size="s" icon="plus" onPress={() => setRequesting({})}>
            {t.authority.request}
          </Button>
        )
      }
    >
      {authorities.length === 0 && <p className={styles.muted}>{t.authority.empty}</p>}
      <ul className={styles.rows}>
        {authorities.map(authority => (
          <AuthorityRow
            key={authority.id}
            authority={authority}
            incident={incident}
            detail={detail}
            onExtend={requests ? paper => setRequesting({ extends: paper }) : undefined}
          />
        ))}
      </ul>
      {requesting && (
        <Suspense>
          <RequestDialog incidentId={incident.id} {...requesting} onClose={() => setRequesting(null)} />
        </Suspense>
      )}
    </Section>
  );
}

interface RowProps {
  authority: WorldAuthority;
  incident: WorldIncident;
  detail: IncidentDetail | undefined;
  onExtend: ((paper: Paper) => void) | undefined;
}

function AuthorityRow({ authority, incident, detail, onExtend }: RowProps) {
  const t = useT();
  const texts = useTexts(accessTexts);
  const { userId, role } = useSignedIn();
  const users = useReference(reference => reference.users);
  const action = useAction();
  const state = authorityState(authority, useNow());
  const paper = detail?.authorities.find(({ id }) => id === authority.id);
  const glass = authority.breakGlass;
  const own = authority.requestedBy === userId;
  const decides = mayDecideAuthority(role) && incident.state === 'open';
  const nameOf = (id: string) => users.find(user => user.id === id)?.displayName ?? id;
  const requester = nameOf(authority.requestedBy);
  return (
    <li className={styles.authority} data-glass={glass !== undefined || undefined}>
      <div className={styles.row}>
        <strong>{glass ? texts.glassMark : (paper?.number ?? authority.id)}</strong>
        <span className={styles.state} data-state={state}>
          {t.authority.state[state]}
        </span>
        <Ends authority={authority} running={state === 'valid'} />
      </div>
      {paper && (
        <p className={styles.muted}>{glass ? paper.reason : `${paper.legalBasis} · ${paper.reason}`}</p>
      )}
      <div className={styles.row}>
        <small>{glass ? texts.glassBy(requester) : t.authority.requestedBy(requester)}</small>
        {glass && <small>{texts.glassOnlyOwn}</small>}
        {authority.approvedBy && <small>{t.authority.approvedBy(nameOf(authority.approvedBy))}</small>}
        {state === 'pending' && own && decides && (
          <small className={styles.warn}>{t.authority.ownRequest}</small>
        )}
        {glass && <GlassReviewState glass={glass} />}
        <span className={styles.end}>
          {state === 'valid' && paper && !glass && onExtend && (
            <Button size="s" onPress={() => onExtend(paper)}>
              {texts.extend}
            </Button>
          )}
          {state === 'pending' && decides && !own && (
            <Button
              size="s"
              variant="primary"
              isDisabled={action.busy}
              onPress={() => void action.run(() => approveAuthority(authority.id))}
            >
              {t.authority.approve}
            </Button>
          )}
          {(state === 'pending' || state === 'valid') && decides && (
            <Revoke authorityId={authority.id} action={action} />
          )}
        </span>
      </div>
      <Problem>{action.problem}</Problem>
    </li>
  );
}

/** When it ends, counting down while it holds: the last quarter of an hour stands out. */
function Ends({ authority, running }: { authority: WorldAuthority; running: boolean }) {
  const t = useT();
  const texts = useTexts(accessTexts);
  const formats = useFormats();
  const now = useNow();
  const endsAt = Date.parse(authority.expiresAt);
  const leftS = (endsAt - now) / 1000;
  return (
    <span className={styles.end}>
      {running && (
        <time className={leftS < 15 * 60 ? styles.warn : undefined}>
          {texts.left(formats.clockAge(leftS))}
        </time>
      )}
      {t.authority.expires(formats.stamp(endsAt))}
    </span>
  );
}

function Revoke({ authorityId, action }: { authorityId: string; action: Action }) {
  const t = useT();
  const [asking, setAsking] = useState(false);
  const close = () => setAsking(false);
  return (
    <>
      <Button size="s" variant="danger" isDisabled={action.busy} onPress={() => setAsking(true)}>
        {t.authority.revoke}
      </Button>
      {asking && (
        <Dialog
          title={t.authority.revoke}
          hint={t.authority.confirmRevoke}
          isOpen
          onClose={close}
          role="alertdialog"
        >
          <DialogActions>
            <Button onPress={close}>{t.cancel}</Button>
            <Button
              variant="danger"
              isDisabled={action.busy}
              onPress={() => void action.run(() => revokeAuthority(authorityId)).then(close)}
            >
              {t.authority.revoke}
            </Button>
          </DialogActions>
        </Dialog>
      )}
    </>
  );
}
