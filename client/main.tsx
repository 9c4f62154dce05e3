import './ui/tokens.css';
import './ui/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { CrashBoundary } from './app/crash-boundary.tsx';
import { applyPrefs, prefs } from './app/prefs.ts';
import { checkSession, watchSession } from './app/session.ts';
import { loadLanguage } from './i18n/use-t.ts';

const root = document.querySelector('#root');
if (!root) throw new Error('index.html: expected an element with id "root"');

applyPrefs();
watchSession();
void checkSession();
const show = () =>
  createRoot(root).render(
    <StrictMode>
      <CrashBoundary>
        <App />
      </CrashBoundary>
    </StrictMode>,
  );
// Without the other language there is still the first one.
loadLanguage(prefs().lang).then(show, show);
