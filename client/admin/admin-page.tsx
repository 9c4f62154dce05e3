import { type ComponentType, lazy, Suspense } from 'react';
import { I18nProvider } from 'react-aria-components';
import type { Role } from '#contract/incident.ts';
import { hasDesk } from '../app/home.ts';
import { usePrefs } from '../app/prefs.ts';
import {
  mayChangeLayers,
  mayCloseRoads,
  mayPlanShifts,
  mayReadPriors,
  mayRunSimulator,
} from '../app/rights.ts';
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

type SectionName = keyof (typeof adminTexts)['zh']['sections'];

interface AdminSection {
  name: SectionName;
  may: (role: Role) => boolean;
  /** Only in demo mode, whose people and positions are made up. */
  demoOnly?: boolean;
  Content: ComponentType;
}

const sections: AdminSection[] = [
  { name: 'layers', may: mayChangeLayers, Content: lazy(() => import('./layers/layers-section.tsx')) },
  { name: 'roster', may: mayPlanShifts, Content: lazy(() => import('./roster/roster-section.tsx')) },
  {
    name: 'simulator',
    may: mayRunSimulator,
    demoOnly: true,
    Content: lazy(async () => ({
      default: (await import('./simulator/simulator-section.tsx')).SimulatorSection,
    })),
  },
  {
    name: 'roads',
    may: mayCloseRoads,
    Content: lazy(async () => ({ default: (await import('./roads/roads-section.tsx')).RoadsSection })),
  },
  { name: 'priors', may: mayReadPriors, Content: lazy(() => import('./priors/priors-section.tsx')) },
];

/** Everything that is set up once and seldom changed; each section shows to those who may use it. */
export function AdminPage({ section }: { section: string | null }) {
  const t = useT();
  const texts = useTexts(adminTexts);
  const locale = usePrefs(prefs => (prefs.lang === 'zh' ? 'zh-CN' : 'en-GB'));
  const { role, demo, displayName } = useSignedIn();
  useTitle(texts.page);
  const mine = sections.filter(each => each.may(role) && (demo || !each.demoOnly));
  const shown = mine.find(each => each.name === section) ?? mine[0];
  return (
    <I18nProvider locale={locale}>
      <div className={styles.page}>
        <header className={styles.header}>
          <BureauName />
          <nav aria-label={texts.page}>
            {mine.map(each => (
              <a
                key={each.name}
                href={`/admin/${each.name}`}
                aria-current={each === shown ? 'page' : undefined}
                onClick={click => {
                  click.preventDefault();
                  navigate(`/admin/${each.name}`);
                }}
              >
                {texts.sections[each.name]}
              </a>
            ))}
          </nav>
          <span className={styles.right}>
            {hasDesk(role) && <Button onPress={() => navigate('/desk')}>{texts.back}</Button>}
            <PrefButtons />
            <span className={styles.who}>{displayName}</span>
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
            <Notice icon="info" title={texts.nothing} full />
          )}
        </main>
      </div>
    </I18nProvider>
  );
}
