import type { SessionView } from '#contract/account.ts';
import { accountTexts } from '../i18n/sections/account.ts';
import { useFormats, useTexts } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import styles from './account.module.css';

interface SessionTableProps {
  sessions: readonly SessionView[];
  isBusy: boolean;
  onEnd: (id: string) => void;
}

/** Sessions of one user, newest sign of life first. The asker's own is ended by signing out. */
export function SessionTable({ sessions, isBusy, onEnd }: SessionTableProps) {
  const texts = useTexts(accountTexts);
  const formats = useFormats();
  const stamp = (iso: string) => formats.stamp(Date.parse(iso));
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            {[texts.device, texts.address, texts.signedInBy, texts.begun, texts.lastSeen].map(head => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
            <td />
          </tr>
        </thead>
        <tbody>
          {sessions.map(session => (
            <tr key={session.id}>
              <th scope="row">{session.agent ?? texts.unknownAgent}</th>
              <td>{session.address}</td>
              <td>{texts.by[session.signedInBy]}</td>
              <td>{stamp(session.createdAt)}</td>
              <td>{stamp(session.lastSeenAt)}</td>
              <td>
                {session.current ? (
                  <span className={styles.hint}>{texts.thisOne}</span>
                ) : (
                  <Button size="s" isDisabled={isBusy} onPress={() => onEnd(session.id)}>
                    {texts.end}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
