import type { SessionView } from '#contract/account.ts';
import { endOtherSessions, endSession } from '../api/account.ts';
import { useAction } from '../desk/use-action.ts';
import { accountTexts } from '../i18n/sections/account.ts';
import { useTexts } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Problem, Section } from '../ui/section.tsx';
import { SessionTable } from './session-table.tsx';

interface SessionsProps {
  sessions: readonly SessionView[];
  onChanged: () => void;
}

/** Where one is signed in; each can be ended from here. */
export function Sessions({ sessions, onChanged }: SessionsProps) {
  const texts = useTexts(accountTexts);
  const action = useAction();
  const run = (work: () => Promise<unknown>) => void action.run(work).then(done => done && onChanged());
  return (
    <Section
      title={texts.sessions}
      icon="list"
      action={
        sessions.length > 1 && (
          <Button size="s" isDisabled={action.busy} onPress={() => run(endOtherSessions)}>
            {texts.endOthers}
          </Button>
        )
      }
    >
      <Problem>{action.problem}</Problem>
      <SessionTable sessions={sessions} isBusy={action.busy} onEnd={id => run(() => endSession(id))} />
    </Section>
  );
}
