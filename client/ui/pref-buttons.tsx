import { setPrefs, usePrefs } from '../app/prefs.ts';
import { chooseLanguage, useT } from '../i18n/use-t.ts';
import { Button } from './button.tsx';
import { Icon } from './icons/icon.tsx';
import { densities } from './tokens.ts';

/** Theme, density and language: the switches that every page has. */
export function PrefButtons() {
  const t = useT();
  const { theme, lang, density } = usePrefs(prefs => prefs);
  const next = densities[(densities.indexOf(density) + 1) % densities.length]!;
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
        aria-label={`${t.header.density}: ${t.header.densities[density]}`}
        onPress={() => setPrefs({ density: next })}
      >
        <Icon name="density" />
      </Button>
      <Button
        variant="quiet"
        aria-label={`${t.header.otherLanguage}: ${t.header.language}`}
        onPress={() => void chooseLanguage(other)}
      >
        {t.header.otherLanguage}
      </Button>
    </>
  );
}
