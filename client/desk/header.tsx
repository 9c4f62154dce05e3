import { risks } from '#contract/alert.ts';
import { Menu, MenuItem, MenuTrigger, Popover, Separator } from 'react-aria-components';
import { mayReceiveAlerts } from '../app/rights.ts';
import { navigate } from '../app/router.ts';
import { signOut, useSignedIn } from '../app/session.ts';
import { usePrefs } from '../app/prefs.ts';
import { useNow } from '../clock/use-now.ts';
import { useFormats, useT } from '../i18n/use-t.ts';
import { useLive } from '../store/live.ts';
import { countsByRisk, unitsOnDuty } from '../store/selectors.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Icon } from '../ui/icons/icon.tsx';
import { RiskMark } from '../ui/icons/risk-mark.tsx';
import mark from '../ui/mark.svg';
import menu from '../ui/menu.module.css';
import { PrefButtons } from '../ui/pref-buttons.tsx';
import { setDesk } from './desk-store.ts';
import styles from './header.module.css';
import { LinkState } from './link-state.tsx';

export function Header() {
  const t = useT();
  const { role } = useSignedIn();
  return (
    <header className={styles.header}>
      <BureauName />
      <Counts />
      <div className={styles.right}>
        <LinkState />
        <WallClock />
        {mayReceiveAlerts(role) && (
          <Button variant="primary" icon="plus" onPress={() => setDesk({ dialog: 'alert' })}>
            {t.header.newAlert}
          </Button>
        )}
        <span className={styles.buttons}>
          <PrefButtons />
          <IconButton icon="info" label={t.header.help} shortcut="?" onPress={() => setDesk({ dialog: 'help' })} />
          <AccountMenu />
        </span>
      </div>
    </header>
  );
}

export function BureauName() {
  const t = useT();
  const { region, demo } = useSignedIn();
  const lang = usePrefs(prefs => prefs.lang);
  const name = region && (lang === 'en' && region.nameEn ? region.nameEn : region.name);
  return (
    <div className={styles.bureau}>
      <img src={mark} alt={t.product} className={styles.mark} />
      <h1>{name ? t.header.bureau(name) : t.header.unnamedRegion}</h1>
      {(region?.fictional || demo) && (
        <span className={styles.fictional} title={t.fictionalHint}>
          {t.fictional}
        </span>
      )}
    </div>
  );
}

export function Counts() {
  const t = useT();
  const counts = useLive(live => countsByRisk(live.world.incidents));
  const units = useLive(live => unitsOnDuty(live.world.units));
  return (
    <dl className={styles.counts}>
      {risks.map(risk => (
        <div key={risk} className={styles.count} data-zero={counts[risk] === 0 || undefined}>
          <dt>
            <RiskMark risk={risk} size="1.15em" />
            <span className={styles.countName}>{t.risk[risk]}</span>
          </dt>
          <dd>{counts[risk]}</dd>
        </div>
      ))}
      <div className={styles.count}>
        <dt>
          <Icon name="unit-car" />
          <span className={styles.countName}>{t.header.onDuty}</span>
        </dt>
        <dd>
          {units.onDuty}
          <small>
            {t.header.available} {units.available}
          </small>
        </dd>
      </div>
    </dl>
  );
}

export function WallClock() {
  const t = useT();
  const formats = useFormats();
  const now = useNow();
  return (
    <div className={styles.clock} title={t.header.clock}>
      <span>{formats.day(now)}</span>
      <time dateTime={new Date(now).toISOString()}>{formats.time(now)}</time>
    </div>
  );
}

function AccountMenu() {
  const t = useT();
  const { displayName, role, demo } = useSignedIn();
  return (
    <MenuTrigger>
      <Button variant="quiet" icon="person" aria-label={`${t.header.account}: ${displayName}`}>
        <span className={styles.userName}>{displayName}</span>
      </Button>
      <Popover className={menu.popover ?? ''} placement="bottom end">
        <div className={menu.head}>
          <strong>{displayName}</strong>
          <span>{t.roles[role]}</span>
          {demo && <span className={styles.fictional}>{t.login.demoTitle}</span>}
        </div>
        <Menu
          className={menu.menu ?? ''}
          aria-label={t.header.account}
          onAction={key => (key === 'wall' ? navigate('/wall') : void signOut())}
        >
          <MenuItem id="wall" className={menu.item ?? ''}>
            <Icon name="fullscreen" /> {t.header.wall}
          </MenuItem>
          <Separator className={menu.separator ?? ''} />
          <MenuItem id="signOut" className={menu.item ?? ''}>
            <Icon name="logout" /> {t.header.signOut}
          </MenuItem>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
