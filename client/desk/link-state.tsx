import { systemNow } from '../clock/clock.ts';
import { useNow } from '../clock/use-now.ts';
import { useFormats, useT } from '../i18n/use-t.ts';
import { useLive } from '../store/live.ts';
import { dataAgeS } from '../store/selectors.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icons/icon.tsx';
import styles from './link-state.module.css';

/** Pings come every 5 s: older data means trouble, much older means that nobody should trust the screen. */
const oldAfterS = 8;

/** How fresh the screen is: always there, so that its absence never has to be noticed. */
export function LinkState() {
  const t = useT();
  const formats = useFormats();
  const link = useLive(live => live.link);
  useNow();
  const age = dataAgeS(link, systemNow());
  const level = link.state !== 'live' ? 'broken' : age !== null && age > oldAfterS ? 'old' : 'fresh';
  return (
    <div className={styles.link} data-level={level} role="status" aria-live="off">
      <i className={styles.dot} />
      <span>{t.link[link.state]}</span>
      <span className={styles.age}>{age === null ? t.link.neverHeard : t.link.age(formats.number(age))}</span>
    </div>
  );
}

/** Says across the page that it cannot be trusted to be current, and what happens next. */
export function StaleBanner() {
  const t = useT();
  const formats = useFormats();
  const link = useLive(live => live.link);
  useNow();
  const now = systemNow();
  const age = dataAgeS(link, now);
  if (link.state === 'incompatible') {
    return (
      <div className={styles.banner} role="alert">
        <Icon name="warning" /> {t.link.outdated}
        <Button size="s" onPress={() => location.reload()}>
          {t.link.reload}
        </Button>
      </div>
    );
  }
  const broken = link.state === 'waiting' || (link.state === 'connecting' && link.heardAt !== null);
  const behind = link.state === 'live' && link.dataAgeS > oldAfterS;
  if ((!broken && !behind) || age === null || age < oldAfterS) return null;
  const retryS = link.retryAt === null ? null : Math.max(0, Math.ceil((link.retryAt - now) / 1000));
  return (
    <div className={styles.banner} role="alert">
      <Icon name="offline" />
      {broken ? t.link.stale : t.link.behind}
      <span className={styles.age}>{t.link.age(formats.number(age))}</span>
      {broken && retryS !== null && (
        <span className={styles.age}>{t.link.retryIn(formats.number(retryS))}</span>
      )}
    </div>
  );
}
