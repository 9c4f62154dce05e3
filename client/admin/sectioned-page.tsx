import { type ComponentType, Suspense } from 'react';
import { I18nProvider } from 'react-aria-components';
import type { Role } from '#contract/incident.ts';
import { hasDesk } from '../app/home.ts';
import { usePrefs } from '../app/prefs.ts';
import { Link } from '../app/link.tsx';
import { navigate } from '../app/router.ts';
import { signOut, useSignedIn } from '../app/session.ts';
import { useTitle } from '../app/use-title.ts';
import { BureauName } from '../desk/bureau.tsx';
import { adminTexts } from '../i18n/sections/admin.ts';
import { useT, useTexts } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { PrefButtons } from '../ui/pref-buttons.tsx';
import styles from './admin-page.module.css';

export interface PageSection<Name extends string> {
  name: Name;
  may: (role: Role) => boolean;
  /** Only in demo mode, whose people and positions are made up. */
  demoOnly?: boolean;
  Content: ComponentType;
}

export interface SectionedPageProps<Name extends string> {
  title: string;
  /** Where the sections hang: `/admin`. */
  path: string;
  sections: readonly PageSection<Name>[];
  names: Readonly<Record<Name, string>>;
  /** The section that the address names. */
  section: string | null;
  /** What is said to a role without any. */
  nothing: string;
}

/** More sections than these have a line of their own. */
const mostInLine = 5;

/** A page of sections without a map: each section shows to those who may use it. */
export function SectionedPage<Name extends string>(props: SectionedPageProps<Name>) {
  const { title, path, sections, names, section, nothing } = props;
  const t = useT();
  const texts = useTexts(adminTexts);
  const locale = usePrefs(prefs => (prefs.lang === 'zh' ? 'zh-CN' : 'en-GB'));
  const { role, demo, displayName } = useSignedIn();
  useTitle(title);
  const mine = sections.filter(each => each.may(role) && (demo || !each.demoOnly));
  const shown = mine.find(each => each.name === section) ?? mine[0];
  return (
    <I18nProvider locale={locale}>
      <div className={styles.page}>
        <header className={styles.header} data-many={mine.length > mostInLine || undefined}>
          <BureauName />
          <nav aria-label={title}>
            {mine.map(each => (
              <Link key={each.name} to={`${path}/${each.name}`} current={each === shown}>
                {names[each.name]}
              </Link>
            ))}
          </nav>
          <span className={styles.right}>
            {hasDesk(role) && <Button onPress={() => navigate('/desk')}>{texts.back}</Button>}
            <PrefButtons />
            <Button variant="quiet" icon="person" onPress={() => navigate('/account')}>
              {displayName}
            </Button>
            <Button variant="quiet" icon="logout" onPress={() => void signOut()}>
              {t.header.signOut}
            </Button>
          </span>
        </header>
        <main className={styles.main}>
          {shown ? (
            <Suspense fallback={<Notice title={t.loading} full />}>
              <shown.Content />
            </Suspense>
          ) : (
            <Notice icon="info" title={nothing} full />
          )}
        </main>
      </div>
    </I18nProvider>
  );
}
