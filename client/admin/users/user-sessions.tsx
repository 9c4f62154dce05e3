import type { AccountRow } from '#contract/user.ts';
import { SessionTable } from '../../account/session-table.tsx';
import { errorText } from '../../api/error-text.ts';
import { endSessionOf, endSessionsOf, fetchSessionsOf } from '../../api/users.ts';
import { useAction } from '../../desk/use-action.ts';
import { useQuery } from '../../desk/use-query.ts';
import { userTexts } from '../../i18n/sections/users.ts';
import { useT, useTexts } from '../../i18n/use-t.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { Problem } from '../../ui/section.tsx';
import table from '../identity.module.css';

interface UserSessionsProps {
  user: AccountRow;
  onChanged: () => void;
  onClose: () => void;
}

/** Where a user is signed in; an administrator can end it, which ends his streams too. */
export function UserSessions({ user, onChanged, onClose }: UserSessionsProps) {
  const t = useT();
  const texts = useTexts(userTexts);
  const { data, error, reload } = useQuery(`sessions ${user.id}`, signal => fetchSessionsOf(user.id, signal));
  const action = useAction();
  const run = (work: () => Promise<unknown>) =>
    void action.run(work).then(done => {
      if (!done) return;
      reload();
      onChanged();
    });
  return (
    <Dialog title={texts.sessionsOf(user.displayName)} isOpen onClose={onClose} wide>
      {error !== undefined && <Problem>{errorText(error, t)}</Problem>}
      <Problem>{action.problem}</Problem>
      {data?.length === 0 && <p className={table.hint}>{texts.noneOpen}</p>}
      {data && data.length > 0 && (
        <SessionTable
          sessions={data}
          isBusy={action.busy}
          onEnd={sessionId => run(() => endSessionOf(user.id, sessionId))}
        />
      )}
      <DialogActions>
        <Button onPress={onClose}>{t.close}</Button>
        <Button
          variant="danger"
          isDisabled={action.busy || !data?.length}
          onPress={() => run(() => endSessionsOf(user.id))}
        >
          {texts.endSessions}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
