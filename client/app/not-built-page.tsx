import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { hasDesk } from './home.ts';
import styles from './not-built-page.module.css';
import { navigate } from './router.ts';
import { signOut, useSignedIn } from './session.ts';
import { useTitle } from './use-title.ts';

/** Says plainly that there is nothing here: an address that does not exist, or a page that is still being made. */
export function NotBuiltPage({ missing = false }: { missing?: boolean }) {
  const t = useT();
  const { role, demo } = useSignedIn();
  const title = missing ? t.pages.notFound : t.pages.notBuilt;
  useTitle(title);
  return (
    <main className={styles.page}>
      <Notice
        icon={missing ? 'warning' : 'info'}
        title={title}
        {...(!missing && { hint: t.pages.notBuiltHint })}
        full
      >
        {hasDesk(role) ? (
          <Button variant="primary" onPress={() => navigate('/desk')}>
            {t.pages.toDesk}
          </Button>
        ) : (
          <p>{t.pages.noPage(t.roles[role])}</p>
        )}
        {demo && <p>{t.demoBadge}</p>}
        <Button onPress={() => void signOut()}>{t.header.signOut}</Button>
      </Notice>
    </main>
  );
}
