import { Button as MenuButton, Menu, MenuItem, MenuTrigger, Popover, Separator } from 'react-aria-components';
import {
  mayAdminister,
  mayAnswerTasks,
  mayReadClear,
  mayReadReports,
  mayReceiveAlerts,
  maySeeStations,
} from '../app/rights.ts';
import { navigate } from '../app/router.ts';
import { signOut, useSignedIn } from '../app/session.ts';
import { useT } from '../i18n/use-t.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { Icon } from '../ui/icons/icon.tsx';
import menu from '../ui/menu.module.css';
import { PrefButtons } from '../ui/pref-buttons.tsx';
import { BureauName, Counts, WallClock } from './bureau.tsx';
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
          <IconButton
            icon="info"
            label={t.header.help}
            shortcut="?"
            onPress={() => setDesk({ dialog: 'help' })}
          />
          <AccountMenu />
        </span>
      </div>
    </header>
  );
}

function AccountMenu() {
  const t = useT();
  const { displayName, role, demo } = useSignedIn();
  return (
    <MenuTrigger>
      <MenuButton
        className={buttonClass({ variant: 'quiet' })}
        aria-label={`${t.header.account}: ${displayName}`}
      >
        <Icon name="person" />
        <span className={styles.userName}>{displayName}</span>
      </MenuButton>
      <Popover className={menu.popover ?? ''} placement="bottom end">
        <div className={menu.head}>
          <strong>{displayName}</strong>
          <span>{t.roles[role]}</span>
          {demo && <span className={styles.fictional}>{t.login.demoTitle}</span>}
        </div>
        <Menu
          className={menu.menu ?? ''}
          aria-label={t.header.account}
          onAction={key => (key === 'signOut' ? void signOut() : navigate(`/${key}`))}
        >
          <MenuItem id="wall" className={menu.item ?? ''}>
            <Icon name="fullscreen" /> {t.header.wall}
          </MenuItem>
          {mayAnswerTasks(role) && (
            <MenuItem id="field" className={menu.item ?? ''}>
              <Icon name="route" /> {t.header.field}
            </MenuItem>
          )}
          {maySeeStations(role) && (
            <MenuItem id="station" className={menu.item ?? ''}>
              <Icon name="list" /> {t.header.station}
            </MenuItem>
          )}
          {mayReadClear(role) && (
            <MenuItem id="today" className={menu.item ?? ''}>
              <Icon name="check" /> {t.header.today}
            </MenuItem>
          )}
          {mayReadReports(role) && (
            <MenuItem id="reports" className={menu.item ?? ''}>
              <Icon name="list" /> {t.header.reports}
            </MenuItem>
          )}
          {mayAdminister(role) && (
            <MenuItem id="admin" className={menu.item ?? ''}>
              <Icon name="layers" /> {t.header.admin}
            </MenuItem>
          )}
          <MenuItem id="account" className={menu.item ?? ''}>
            <Icon name="key" /> {t.header.ownAccount}
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
