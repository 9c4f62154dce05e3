import type { WorldAuthority, WorldIncident } from '#domain/world.ts';
import { useState } from 'react';
import {
  approveAuthority,
  type IncidentDetail,
  requestAuthority,
  revokeAuthority,
} from '../../api/incidents.ts';
import { mayDecideAuthority, mayRequestAuthority } from '../../app/rights.ts';
import { useSignedIn } from '../../app/session.ts';
import { serverNow, useNow } from '../../clock/use-now.ts';
import { useFormats, useT } from '../../i18n/use-t.ts';
import { authorityState } from '../../store/selectors.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions, DialogForm } from '../../ui/dialog.tsx';
import { ChoiceField, Field } from '../../ui/field.tsx';
import { Problem, Section } from '../../ui/section.tsx';
import { useReference } from '../reference.ts';
import { useAction } from '../use-action.ts';
import styles from './incident-panel.module.css';

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
  const [requesting, setRequesting] = useState(false);
  const authorities = Object.values(incident.authorities).toReversed();
  return (
    <Section
      title={t.authority.title}
      icon="shield"
      action={
        incident.state === 'open' &&
        mayRequestAuthority(role) && (
          <Button size="s" icon="plus" onPress={() => setRequesting(true)}>
            {t.authority.request}
          </Button>
        )
      }
    >
      {authorities.length === 0 && <p className={styles.muted}>{t.authority.empty}</p>}
      <ul className={styles.rows}>
        {authorities.map(authority => (
          <AuthorityRow key={authority.id} authority={authority} incident={incident} detail={detail} />
        ))}
      </ul>
      {requesting && <RequestDialog incidentId={incident.id} onClose={() => setRequesting(false)} />}
    </Section>
  );
}

interface RowProps {
  authority: WorldAuthority;
  incident: WorldIncident;
  detail: IncidentDetail | undefined;
}

function AuthorityRow({ authority, incident, detail }: RowProps) {
  const t = useT();
  const formats = useFormats();
  const { userId, role } = useSignedIn();
  const users = useReference(reference => reference.users);
  const action = useAction();
  const [revoking, setRevoking] = useState(false);
  const state = authorityState(authority, useNow());
  const paper = detail?.authorities.find(({ id }) => id === authority.id);
  const own = authority.requestedBy === userId;
  const decides = mayDecideAuthority(role) && incident.state === 'open';
  const nameOf = (id: string) => users.find(user => user.id === id)?.displayName ?? id;
  return (
    <li className={styles.authority}>
      <div className={styles.row}>
        <strong>{paper?.number ?? authority.id}</strong>
        <span className={styles.state} data-state={state}>
          {t.authority.state[state]}
        </span>
        <span className={styles.end}>
          {t.authority.expires(formats.stamp(Date.parse(authority.expiresAt)))}
        </span>
      </div>
      {paper && (
        <p className={styles.muted}>
          {paper.legalBasis} · {paper.reason}
        </p>
      )}
      <div className={styles.row}>
        <small>{t.authority.requestedBy(nameOf(authority.requestedBy))}</small>
        {authority.approvedBy && <small>{t.authority.approvedBy(nameOf(authority.approvedBy))}</small>}
        {state === 'pending' && own && decides && (
          <small className={styles.warn}>{t.authority.ownRequest}</small>
        )}
        <span className={styles.end}>
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
            <Button size="s" variant="danger" isDisabled={action.busy} onPress={() => setRevoking(true)}>
              {t.authority.revoke}
            </Button>
          )}
        </span>
      </div>
      <Problem>{action.problem}</Problem>
      {revoking && (
        <Dialog
          title={t.authority.revoke}
          hint={t.authority.confirmRevoke}
          isOpen
          onClose={() => setRevoking(false)}
          role="alertdialog"
        >
          <DialogActions>
            <Button onPress={() => setRevoking(false)}>{t.cancel}</Button>
            <Button
              variant="danger"
              isDisabled={action.busy}
              onPress={() =>
                void action.run(() => revokeAuthority(authority.id)).then(() => setRevoking(false))
              }
            >
              {t.authority.revoke}
            </Button>
          </DialogActions>
        </Dialog>
      )}
    </li>
  );
}

const hourChoices = ['2', '4', '8', '24'] as const;

function RequestDialog({ incidentId, onClose }: { incidentId: string; onClose: () => void }) {
  const t = useT();
  const [number, setNumber] = useState('');
  const [legalBasis, setLegalBasis] = useState<string>(t.authority.legalBasisExample);
  const [reason, setReason] = useState('');
  const [hours, setHours] = useState<(typeof hourChoices)[number]>('4');
  const action = useAction();
  async function submit(): Promise<void> {
    const expiresAt = new Date(serverNow() + Number(hours) * 3_600_000).toISOString();
    if (await action.run(() => requestAuthority(incidentId, { number, legalBasis, reason, expiresAt })))
      onClose();
  }
  const complete = number.trim() !== '' && legalBasis.trim().length >= 2 && reason.trim().length >= 4;
  return (
    <Dialog title={t.authority.title} hint={t.authority.empty} isOpen onClose={onClose}>
      <DialogForm onSubmit={submit}>
        <Field
          label={t.authority.number}
          value={number}
          onChange={setNumber}
          isRequired
          autoFocus
          maxLength={64}
        />
        <Field
          label={t.authority.legalBasis}
          value={legalBasis}
          onChange={setLegalBasis}
          isRequired
          maxLength={300}
        />
        <Field
          label={t.authority.reason}
          value={reason}
          onChange={setReason}
          isRequired
          multiline
          maxLength={500}
        />
        <ChoiceField<(typeof hourChoices)[number]>
          label={t.authority.validFor}
          value={hours}
          onChange={setHours}
          choices={hourChoices.map(value => ({ value, label: t.authority.hours(Number(value)) }))}
        />
        <Problem>{action.problem}</Problem>
        <DialogActions>
          <Button onPress={onClose}>{t.cancel}</Button>
          <Button variant="primary" type="submit" isDisabled={!complete || action.busy}>
            {t.authority.request}
          </Button>
        </DialogActions>
      </DialogForm>
    </Dialog>
  );
}
