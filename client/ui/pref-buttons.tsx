import { setPrefs, usePrefs } from '../app/prefs.ts';
import { useT } from '../i18n/use-t.ts';
import { Button, IconButton } from './button.tsx';

/** Theme and language: two switches that every page has. */
export function PrefButtons() {
  const t = useT();
  const { theme, lang } = usePrefs(prefs => prefs);
  const other = lang === 'zh' ? 'en' : 'zh';
  return (
    <>
      <IconButton
        icon={theme === 'dark' ? 'sun' : 'moon'}
        label={t.header.theme}
        onPress={() => setPrefs({ theme: theme === 'dark' ? 'light' : 'dark' })}
      />
      <Button variant="quiet" size="s" aria-label={t.header.language} onPress={() => setPrefs({ lang: other })}>
        {languageNames[other]}
      </Button>
    </>
  );
}

/** Each language names itself, so that whoever needs it can read it. */
const languageNames = { zh: '\u4e2d\u6587', en: 'EN' };
