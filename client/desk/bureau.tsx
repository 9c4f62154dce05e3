/** What desk and wall both say at the top: whose centre this is, how much is going on, what time it is. */
import { nameIn } from '../i18n/name-in.ts';
import { useMemo } from 'react';
import { risks } from '#contract/alert.ts';
import { usePrefs } from '../app/prefs.ts';
import { useSignedIn } from '../app/session.ts';
import { DemoTime } from '../clock/demo-time.tsx';
import { useNow } from '../clock/use-now.ts';
import { useFormats, useT } from '../i18n/use-t.ts';
import { useLive } from '../store/live.ts';
import { countsByRisk, unitsOnDuty } from '../store/selectors.ts';
import { Icon } from '../ui/icons/icon.tsx';
import { RiskMark } from '../ui/icons/risk-mark.tsx';
import mark from '../ui/mark.svg';
import styles from './header.module.css';

export function BureauName() {
  const t = useT();
  const { region, demo } = useSignedIn();
  const lang = usePrefs(prefs => prefs.lang);
  const name = region && nameIn(region, lang);
  return (
    <div className={styles.bureau}>
      <img src={mark} alt={t.product} className={styles.mark} />
      <h1>{name ? t.header.bureau(name) : t.header.unnamedRegion}</h1>
      {(region?.fictional || demo) && (
        <span className={styles.fictional} title={region?.fictional ? t.fictionalHint : t.demoBadgeHint}>
          {region?.fictional ? t.fictional : t.demoBadge}
        </span>
      )}
    </div>
  );
}

/** Shifts begin and end on the minute. */
const minuteMs = 60_000;

export function Counts() {
  const t = useT();
  const counts = useLive(live => countsByRisk(live.world.incidents));
  const all = useLive(live => live.world.units);
  const minute = Math.floor(useNow() / minuteMs);
  const units = useMemo(() => unitsOnDuty(all, minute * minuteMs), [all, minute]);
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
    <>
      <DemoTime />
      <div className={styles.clock} title={t.header.clock}>
        <span>{formats.day(now)}</span>
        <time dateTime={new Date(now).toISOString()}>{formats.time(now)}</time>
      </div>
    </>
  );
}
