import type { AccountRow } from '#contract/user.ts';
import type { Station } from '../../api/reference.ts';
import { useSignedIn } from '../../app/session.ts';
import { userTexts } from '../../i18n/sections/users.ts';
import { useFormats, useT, useTexts } from '../../i18n/use-t.ts';
import { Icon } from '../../ui/icons/icon.tsx';
import table from '../identity.module.css';
import { RowMenu } from '../row-menu.tsx';
import { useStationNames } from '../roster/station-choice.tsx';
import type { UserVerb } from './confirm-verb.tsx';

interface UserTableProps {
  users: readonly AccountRow[];
  stations: readonly Station[];
  onEdit: (user: AccountRow) => void;
  onSessions: (user: AccountRow) => void;
  onVerb: (user: AccountRow, verb: UserVerb) => void;
}

/** One user a row: what he may, how he comes in, what is the matter with his account. */
export function UserTable({ users, stations, onEdit, onSessions, onVerb }: UserTableProps) {
  const t = useT();
  const texts = useTexts(userTexts);
  const formats = useFormats();
  const nameOf = useStationNames(stations);
  const { userId: own } = useSignedIn();
  const heads = [texts.displayName, texts.role, texts.station, texts.state, texts.factor, texts.lastSeen];
  return (
    <div className={table.scroll}>
      <table className={table.table}>
        <thead>
          <tr>
            {heads.map(head => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
            <td />
          </tr>
        </thead>
        <tbody>
          {users.map(user => (
            <tr key={user.id} data-off={!user.active || undefined}>
              <th scope="row">
                {user.displayName} <small>{user.username}</small>
                {user.id === own && <small className={table.tag}>{texts.you}</small>}
              </th>
              <td>{t.roles[user.role]}</td>
              <td>{user.stationId === null ? t.none : nameOf(user.stationId)}</td>
              <td>
                <State user={user} />
              </td>
              <td>
                <Factor user={user} />
              </td>
              <td>
                {user.lastSeenAt === null ? (
                  <span className={table.hint}>{texts.never}</span>
                ) : (
                  <>
                    {formats.stamp(Date.parse(user.lastSeenAt))}
                    <small>{user.sessions > 0 ? texts.sessions(user.sessions) : texts.noSessions}</small>
                  </>
                )}
              </td>
              <td>
                <RowMenu
                  label={`${texts.more} ${user.username}`}
                  items={verbsFor(user, own).map(id => ({ id, label: texts[id] }))}
                  onChoose={id => {
                    if (id === 'edit') onEdit(user);
                    else if (id === 'endSessions') onSessions(user);
                    else onVerb(user, id);
                  }}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What can be done to an account now. One's own is changed at /account, or by somebody else. */
function verbsFor(user: AccountRow, own: string): ('edit' | 'endSessions' | UserVerb)[] {
  const locked: UserVerb[] = user.lockedUntil === null ? [] : ['unlock'];
  if (user.id === own) return ['edit', 'endSessions', ...locked];
  if (!user.active) return ['edit', 'enable'];
  const factor: UserVerb[] = user.totp || user.passkeys > 0 ? ['resetFactor'] : [];
  return ['edit', 'endSessions', ...locked, 'resetPassword', ...factor, 'disable'];
}

function State({ user: { active, lockedUntil, mustChangePassword } }: { user: AccountRow }) {
  const texts = useTexts(userTexts);
  const formats = useFormats();
  return (
    <>
      {active ? texts.active : texts.disabled}
      {lockedUntil !== null && (
        <small className={table.bad}>
          <Icon name="lock" size="1em" /> {texts.locked(formats.timeShort(Date.parse(lockedUntil)))}
        </small>
      )}
      {active && mustChangePassword && <small className={table.warn}>{texts.mustChange}</small>}
    </>
  );
}

function Factor({ user: { totp, passkeys, certificate } }: { user: AccountRow }) {
  const texts = useTexts(userTexts);
  const held = [
    ...(totp ? [texts.totp] : []),
    ...(passkeys > 0 ? [texts.passkeys(passkeys)] : []),
    ...(certificate === null ? [] : [texts.certificate]),
  ];
  return held.length > 0 ? held.join(' · ') : <span className={table.hint}>{texts.noFactor}</span>;
}
