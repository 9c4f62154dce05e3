import type { AccountRow } from '#contract/user.ts';
import { changeUser, resetPassword, resetSecondFactor, unlockUser } from '../../api/users.ts';
import { userTexts } from '../../i18n/sections/users.ts';
import { useTexts } from '../../i18n/use-t.ts';
import { ConfirmDialog } from '../confirm-dialog.tsx';

export type UserVerb = 'resetPassword' | 'resetFactor' | 'unlock' | 'disable' | 'enable';

interface ConfirmVerbProps {
  user: AccountRow;
  verb: UserVerb;
  /** With the password, when one was made. */
  onDone: (name: string, password?: string | null) => void;
  onClose: () => void;
}

/** Asks once more before an account is changed, saying what comes of it. */
export function ConfirmVerb({ user, verb, onDone, onClose }: ConfirmVerbProps) {
  const texts = useTexts(userTexts);
  const hints: Partial<Record<UserVerb, string>> = {
    resetPassword: texts.resetPasswordHint,
    resetFactor: texts.resetFactorHint,
    disable: texts.disableHint,
  };
  return (
    <ConfirmDialog
      title={`${texts[verb]} · ${user.displayName}`}
      hint={hints[verb] ?? user.username}
      confirm={texts[verb]}
      isDanger={verb !== 'unlock' && verb !== 'enable'}
      act={() => doTo(user, verb)}
      onDone={password => onDone(user.displayName, password)}
      onClose={onClose}
    />
  );
}

async function doTo({ id }: AccountRow, verb: UserVerb): Promise<string | null> {
  switch (verb) {
    case 'resetPassword':
      return (await resetPassword(id)).password;
    case 'resetFactor':
      await resetSecondFactor(id);
      return null;
    case 'unlock':
      await unlockUser(id);
      return null;
    case 'disable':
    case 'enable':
      await changeUser(id, { active: verb === 'enable' });
      return null;
  }
}
