import { setPrefs, usePrefs } from '../app/prefs.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from './button.tsx';
import { Icon } from './icons/icon.tsx';

/** Theme and language: two switches that every page has. */
export function PrefButtons() {
  const t = useT();
  const { theme, lang } = usePrefs(prefs => prefs);
  const other = lang === 'zh' ? 'en' : 'zh';
  return (
    <>
      <Button
        variant="quiet"
        aria-label={t.header.theme}
        onPress={() => setPrefs({ theme: theme === 'dark' ? 'light' : 'dark' })}
      >
        <Icon name={theme === 'dark' ? 'sun' : 'moon'} />
      </Button>
      <Button
        variant="quiet"
        aria-label={`${t.header.otherLanguage}: ${t.header.language}`}
        onPress={() => setPrefs({ lang: other })}
      >
        {t.header.otherLanguage}
      </Button>
    </>
  );
}
