import { useState } from 'react';
import { type Role, roles } from '#contract/incident.ts';
import type { AccountRow, UserPatch } from '#contract/user.ts';
import type { Station } from '../../api/reference.ts';
import { addUser, changeUser } from '../../api/users.ts';
import { useSignedIn } from '../../app/session.ts';
import { useAction } from '../../desk/use-action.ts';
import { userTexts } from '../../i18n/sections/users.ts';
import { useT, useTexts } from '../../i18n/use-t.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions, DialogForm } from '../../ui/dialog.tsx';
import { ChoiceField, Field, FieldPair } from '../../ui/field.tsx';
import { Problem } from '../../ui/section.tsx';
import table from '../identity.module.css';
import { StationChoice } from '../roster/station-choice.tsx';

interface UserDialogProps {
  /** Null: a new one. */
  user: AccountRow | null;
  stations: readonly Station[];
  /** For a new one with the one-time password. */
  onDone: (name?: string, password?: string | null) => void;
  onClose: () => void;
}

/** Makes an account, or changes what it is. */
export function UserDialog({ user, stations, onDone, onClose }: UserDialogProps) {
  const t = useT();
  const texts = useTexts(userTexts);
  const isOwn = useSignedIn().userId === user?.id;
  const [username, setUsername] = useState('');
  const [displayName, setDisplayName] = useState(user?.displayName ?? '');
  const [role, setRole] = useState<Role>(user?.role ?? 'operator');
  const [stationId, setStationId] = useState(user?.stationId ?? null);
  const [certificate, setCertificate] = useState(user?.certificate ?? '');
  const action = useAction();
  const needsStation = role === 'station' || role === 'field';
  const ready =
    displayName.trim() !== '' &&
    (user !== null || username.trim() !== '') &&
    (!needsStation || stationId !== null) &&
    !action.busy;
  async function submit(): Promise<void> {
    if (!ready) return;
    const name = displayName.trim();
    let password: string | null = null;
    const saved = await action.run(async () => {
      if (user) {
        await changeUser(user.id, patchOf(user, { displayName: name, role, stationId, certificate }));
        return;
      }
      ({ password } = await addUser({ username: username.trim(), displayName: name, role, stationId }));
    });
    if (saved) onDone(name, password);
  }
  return (
    <Dialog
      title={user ? `${texts.edit} · ${user.username}` : texts.add}
      isOpen
      onClose={onClose}
      role="alertdialog"
    >
      <DialogForm onSubmit={submit}>
        {!user && (
          <Field
            label={texts.username}
            hint={texts.usernameHint}
            value={username}
            onChange={setUsername}
            maxLength={32}
            autoComplete="off"
            isRequired
            autoFocus
          />
        )}
        <Field
          label={texts.displayName}
          value={displayName}
          onChange={setDisplayName}
          maxLength={64}
          autoComplete="off"
          isRequired
        />
        <FieldPair>
          <ChoiceField<Role>
            label={texts.role}
            value={role}
            onChange={setRole}
            isDisabled={isOwn}
            choices={roles.map(value => ({ value, label: t.roles[value] }))}
          />
          <StationChoice stations={stations} value={stationId} onChange={setStationId} />
        </FieldPair>
        {isOwn && <p className={table.hint}>{texts.ownRole}</p>}
        {user && !isOwn && role !== user.role && <p className={table.warn}>{texts.roleEnds}</p>}
        {user && !isOwn && (
          <Field
            label={texts.certificate}
            hint={texts.certificateHint}
            value={certificate}
            onChange={setCertificate}
            maxLength={512}
          />
        )}
        <Problem>{action.problem}</Problem>
        <DialogActions>
          <Button onPress={onClose}>{t.cancel}</Button>
          <Button variant="primary" type="submit" isDisabled={!ready}>
            {user ? texts.save : texts.create}
          </Button>
        </DialogActions>
      </DialogForm>
    </Dialog>
  );
}

interface Edited {
  displayName: string;
  role: Role;
  stationId: string | null;
  certificate: string;
}

/** Only what was changed: one's own role must not even be named. */
function patchOf(user: AccountRow, { displayName, role, stationId, certificate }: Edited): UserPatch {
  const named = certificate.trim() || null;
  return {
    displayName,
    ...(role !== user.role && { role }),
    ...(stationId !== user.stationId && { stationId }),
    ...(named !== user.certificate && { certificate: named }),
  };
}
