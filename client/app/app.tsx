import { lazy, Suspense, useEffect } from 'react';
import { errorText } from '../api/error-text.ts';
import { useT } from '../i18n/use-t.ts';
import { useLive } from '../store/live.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { homePath } from './home.ts';
import { NotBuiltPage } from './not-built-page.tsx';
import { navigate, pageAt, usePath } from './router.ts';
import { checkSession, useSession } from './session.ts';
import { reloadOnce } from './versions.ts';

const LoginPage = lazy(() => import('./login-page.tsx').then(module => ({ default: module.LoginPage })));
const SetupPage = lazy(() =>
  import('../account/setup-page.tsx').then(module => ({ default: module.SetupPage })),
);
const AccountPage = lazy(() =>
  import('../account/account-page.tsx').then(module => ({ default: module.AccountPage })),
);
const DeskPage = lazy(() => import('../desk/desk-page.tsx').then(module => ({ default: module.DeskPage })));
const AdminPage = lazy(() =>
  import('../admin/admin-page.tsx').then(module => ({ default: module.AdminPage })),
);
const AuditPage = lazy(() => import('../audit/audit-page.tsx'));
const FieldPage = lazy(() =>
  import('../field/field-page.tsx').then(module => ({ default: module.FieldPage })),
);
const StationPage = lazy(() => import('../station/station-page.tsx'));
const ReportPage = lazy(() => import('../replay/report-page.tsx'));
const ReplayPage = lazy(() => import('../replay/replay-page.tsx'));
const LoopPages = lazy(() => import('../today/loop-pages.tsx'));
const LetterPage = lazy(() => import('../letter/letter-page.tsx'));
const WallPage = lazy(() => import('../wall/wall-page.tsx').then(module => ({ default: module.WallPage })));

const retryMs = 4000;

/** The whole client: the page at the address, for who is signed in. */
export function App() {
  return (
    <Suspense fallback={<Waiting />}>
      <CurrentPage />
    </Suspense>
  );
}

function CurrentPage() {
  const t = useT();
  const state = useSession();
  const page = pageAt(usePath());
  const incompatible = useLive(live => live.link.state === 'incompatible');
  useEffect(() => {
    if (incompatible) reloadOnce();
  }, [incompatible]);

  const unreachable = state.status === 'unreachable';
  useEffect(() => {
    // Nobody presses a button at a wall whose server comes back later than its screen.
    if (!unreachable) return;
    const timer = setInterval(() => void checkSession(), retryMs);
    return () => clearInterval(timer);
  }, [unreachable]);

  if (state.status === 'checking') return <Waiting />;
  if (state.status === 'unreachable') {
    return (
      <Notice icon="offline" title={errorText(state.error, t)} full>
        <Button variant="primary" onPress={() => void checkSession()}>
          {t.retry}
        </Button>
      </Notice>
    );
  }
  if (state.status === 'out') return <LoginPage door={state.door} ended={state.ended} />;
  if (state.session.pending) return <SetupPage pending={state.session.pending} />;
  switch (page.name) {
    case 'home':
    case 'login':
      return <Redirect to={homePath(state.session.role)} />;
    case 'desk':
      return <DeskPage incidentId={page.incidentId} />;
    case 'wall':
      return <WallPage />;
    case 'field':
      return <FieldPage />;
    case 'station':
      return <StationPage stationId={page.stationId} />;
    case 'letter':
      return <LetterPage stopId={page.stopId} />;
    case 'account':
      return <AccountPage />;
    case 'audit':
      return <AuditPage section={page.section} />;
    case 'admin':
      return <AdminPage section={page.section} />;
    case 'today':
    case 'reports':
    case 'calibration':
    case 'handover':
      return <LoopPages section={page.name} />;
    case 'replay':
      return page.of === null ? <LoopPages section="replay" /> : <ReplayPage key={page.of} of={page.of} />;
    case 'afterAction':
      return <ReportPage incidentId={page.incidentId} />;
    case 'notFound':
      return <NotBuiltPage missing />;
  }
}

function Redirect({ to }: { to: string }) {
  useEffect(() => navigate(to, 'replace'), [to]);
  return null;
}

function Waiting() {
  const t = useT();
  return <Notice title={t.loading} full />;
}
