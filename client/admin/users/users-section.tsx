import { useState } from 'react';
import type { AccountRow } from '#contract/user.ts';
import { errorText } from '../../api/error-text.ts';
import { fetchStations } from '../../api/reference.ts';
import { fetchAccounts } from '../../api/users.ts';
import { useQuery } from '../../desk/use-query.ts';
import { userTexts } from '../../i18n/sections/users.ts';
import { useT, useTexts } from '../../i18n/use-t.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Problem, Section } from '../../ui/section.tsx';
import { SecretDialog } from '../secret-dialog.tsx';
import table from '../identity.module.css';
import { ConfirmVerb, type UserVerb } from './confirm-verb.tsx';
import { UserDialog } from './user-dialog.tsx';
import { UserSessions } from './user-sessions.tsx';
import { UserTable } from './user-table.tsx';

/** What is on top of the table. */
type Asking =
  | { what: 'new' }
  | { what: 'edit' | 'sessions'; user: AccountRow }
  | { what: 'verb'; user: AccountRow; verb: UserVerb }
  | { what: 'password'; name: string; password: string };

/** Who may use the system, as what. */
export default function UsersSection() {
  const t = useT();
  const texts = useTexts(userTexts);
  const users = useQuery('accounts', fetchAccounts);
  const stations = useQuery('stations', fetchStations);
  const [wanted, setWanted] = useState('');
  const [asking, setAsking] = useState<Asking | null>(null);
  const error = users.error ?? stations.error;
  if (!users.data || !stations.data) {
    return error === undefined ? <Notice title={t.loading} full /> : <Problem>{errorText(error, t)}</Problem>;
  }
  const words = wanted.trim().toLowerCase();
  const shown = users.data.filter(user =>
    [user.username, user.displayName, t.roles[user.role]].some(text => text.toLowerCase().includes(words)),
  );
  const close = () => setAsking(null);
  const done = (name?: string, password?: string | null) => {
    setAsking(name !== undefined && password ? { what: 'password', name, password } : null);
    users.reload();
  };
  return (
    <div className={table.page}>
      <h2 className="visually-hidden">{texts.title}</h2>
      <Section title={texts.title} icon="people">
        <p className={table.hint}>{texts.hint}</p>
        <div className={table.bar}>
          <Field label={texts.search} value={wanted} onChange={setWanted} type="search" unmarked />
          <Button variant="primary" icon="plus" onPress={() => setAsking({ what: 'new' })}>
            {texts.add}
          </Button>
        </div>
        {error !== undefined && <Problem>{errorText(error, t)}</Problem>}
        <UserTable
          users={shown}
          stations={stations.data}
          onEdit={user => setAsking({ what: 'edit', user })}
          onSessions={user => setAsking({ what: 'sessions', user })}
          onVerb={(user, verb) => setAsking({ what: 'verb', user, verb })}
        />
      </Section>
      {(asking?.what === 'new' || asking?.what === 'edit') && (
        <UserDialog
          user={asking.what === 'edit' ? asking.user : null}
          stations={stations.data}
          onDone={done}
          onClose={close}
        />
      )}
      {asking?.what === 'verb' && (
        <ConfirmVerb user={asking.user} verb={asking.verb} onDone={done} onClose={close} />
      )}
      {asking?.what === 'sessions' && (
        <UserSessions user={asking.user} onChanged={users.reload} onClose={close} />
      )}
      {asking?.what === 'password' && (
        <SecretDialog
          title={texts.oneTimeFor(asking.name)}
          hint={texts.oneTimeHint}
          label={texts.oneTime}
          secret={asking.password}
          onClose={close}
        />
      )}
    </div>
  );
}
