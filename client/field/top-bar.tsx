import { useState } from 'react';
import { hasDesk } from '../app/home.ts';
import { setPrefs, usePrefs } from '../app/prefs.ts';
import { navigate } from '../app/router.ts';
import { signOut, useSignedIn } from '../app/session.ts';
import { fieldTexts } from '../i18n/sections/field.ts';
import { chooseLanguage, useT, useTexts } from '../i18n/use-t.ts';
import { useLive } from '../store/live.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Icon } from '../ui/icons/icon.tsx';
import { UnitMark } from '../ui/icons/unit-mark.tsx';
import styles from './field.module.css';
import type { OwnPlace } from './use-own-place.ts';

interface TopBarProps {
  unitId: string;
  own: OwnPlace;
  unsentCount: number;
  onChangeUnit: () => void;
}

/** Who I am today, whether the centre hears me, whether it sees me. */
export function TopBar({ unitId, own, unsentCount, onChangeUnit }: TopBarProps) {
  const t = useT();
  const texts = useTexts(fieldTexts);
  const { demo } = useSignedIn();
  const unit = useLive(live => live.world.units[unitId]);
  const link = useLive(live => live.link.state);
  const [open, setOpen] = useState(false);
  const callsign = unit?.callsign ?? '…';
  return (
    <header className={styles.top}>
      <button type="button" className={styles.crew} onClick={() => setOpen(true)}>
        {unit && <UnitMark state={unit.state} size="1em" />}
        <strong>{callsign}</strong>
        {unit && <small>{t.unitState[unit.state]}</small>}
        <Icon name="menu" label={texts.menu} />
      </button>
      <span className={styles.marks}>
        {demo && <b className={styles.demo}>{t.demoBadge}</b>}
        {own.on && <Icon name="follow" label={texts.shareOn(callsign)} />}
        {unsentCount > 0 && <b className={styles.count}>{texts.unsent(unsentCount)}</b>}
        <span className={styles.link} data-live={link === 'live' || undefined} role="status">
          {t.link[link]}
        </span>
      </span>
      {link === 'waiting' && (
        <p className={styles.stale} role="alert">
          <Icon name="offline" /> {texts.offline}
        </p>
      )}
      {open && (
        <Dialog title={texts.menu} isOpen onClose={() => setOpen(false)}>
          <MenuItems own={own} unsentCount={unsentCount} onChangeUnit={onChangeUnit} />
        </Dialog>
      )}
    </header>
  );
}

function MenuItems({ own, unsentCount, onChangeUnit }: Omit<TopBarProps, 'unitId'>) {
  const t = useT();
  const texts = useTexts(fieldTexts);
  const { role, displayName } = useSignedIn();
  const { theme, lang } = usePrefs(prefs => prefs);
  // Another crew's positions are not mine to report.
  const leave = (then: () => void) => {
    if (own.on) own.turnOff();
    then();
  };
  return (
    <>
      <p className={styles.hint}>
        {displayName} · {t.roles[role]}
      </p>
      {unsentCount > 0 && (
        <p className={styles.warn}>
          <Icon name="offline" /> {texts.unsent(unsentCount)} {texts.unsentHint}
        </p>
      )}
      <ul className={styles.apps}>
        <Item icon="people" onPress={() => leave(onChangeUnit)}>
          {texts.changeUnit}
        </Item>
        <Item
          icon={theme === 'dark' ? 'sun' : 'moon'}
          onPress={() => setPrefs({ theme: theme === 'dark' ? 'light' : 'dark' })}
        >
          {t.header.theme}
        </Item>
        <Item icon="message" onPress={() => void chooseLanguage(lang === 'zh' ? 'en' : 'zh')}>
          {t.header.language}
        </Item>
        {hasDesk(role) && (
          <Item icon="list" onPress={() => navigate('/desk')}>
            {texts.openDesk}
          </Item>
        )}
        <Item icon="key" onPress={() => navigate('/account')}>
          {t.header.ownAccount}
        </Item>
        <Item icon="logout" onPress={() => leave(() => void signOut())}>
          {t.header.signOut}
        </Item>
      </ul>
    </>
  );
}

interface ItemProps {
  icon: 'people' | 'sun' | 'moon' | 'message' | 'list' | 'key' | 'logout';
  onPress: () => void;
  children: string;
}

function Item({ icon, onPress, children }: ItemProps) {
  return (
    <li>
      <button type="button" className={styles.big} data-look="plain" onClick={onPress}>
        <Icon name={icon} size="1.2em" />
        {children}
      </button>
    </li>
  );
}
