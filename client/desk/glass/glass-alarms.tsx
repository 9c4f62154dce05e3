import { useMemo } from 'react';
import { deskPath, navigate } from '../../app/router.ts';
import { useSignedIn } from '../../app/session.ts';
import { useNow } from '../../clock/use-now.ts';
import { accessTexts } from '../../i18n/sections/access.ts';
import { useFormats, useTexts } from '../../i18n/use-t.ts';
import { useLive } from '../../store/live.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons/icon.tsx';
import { useReference } from '../reference.ts';
import styles from './glass.module.css';
import { type GlassUse, glassUses } from './glass-uses.ts';
import { useChime } from './use-chime.ts';

/** More would cover the map; the rest is counted. */
const mostShown = 2;

/** Across every leader's desk until each use of break-glass has its verdict; a new one by somebody else sounds. */
export default function GlassAlarms() {
  const texts = useTexts(accessTexts);
  const { userId } = useSignedIn();
  const incidents = useLive(live => live.world.incidents);
  const now = useNow();
  const uses = useMemo(() => glassUses(incidents, now), [incidents, now]);
  useChime(uses.filter(use => use.authority.requestedBy !== userId).map(use => use.authority.id));
  if (uses.length === 0) return null;
  return (
    <div className={styles.alarms} role="alert">
      {uses.slice(0, mostShown).map(use => (
        <Alarm key={use.authority.id} use={use} own={use.authority.requestedBy === userId} now={now} />
      ))}
      {uses.length > mostShown && (
        <p className={styles.alarm}>
          {texts.more(uses.length - mostShown)}
          <span className={styles.verbs}>
            <Button size="s" onPress={() => navigate('/admin/glass')}>
              {texts.review}
            </Button>
          </span>
        </p>
      )}
    </div>
  );
}

function Alarm({ use, own, now }: { use: GlassUse; own: boolean; now: number }) {
  const texts = useTexts(accessTexts);
  const formats = useFormats();
  const users = useReference(reference => reference.users);
  const { incidentId, number, authority, running } = use;
  const who = users.find(({ id }) => id === authority.requestedBy)?.displayName ?? texts.someLeader;
  const dueS = (Date.parse(authority.breakGlass.reviewDueAt) - now) / 1000;
  const leftS = (Date.parse(authority.expiresAt) - now) / 1000;
  const clock = running
    ? texts.alarmRuns(formats.clockAge(leftS))
    : dueS > 0
      ? `${texts.alarmEnded} · ${texts.left(formats.clockAge(dueS))}`
      : texts.alarmOverdue(formats.clockAge(-dueS));
  return (
    <p className={styles.alarm} data-running={running || undefined} data-overdue={dueS <= 0 || undefined}>
      <Icon name="key" size="1.4em" />
      <strong>{texts.alarm(who, number)}</strong>
      <time>{clock}</time>
      <span className={styles.verbs}>
        <Button size="s" onPress={() => navigate(deskPath(incidentId))}>
          {texts.show}
        </Button>
        {!own && (
          <Button size="s" variant="primary" onPress={() => navigate('/admin/glass')}>
            {texts.review}
          </Button>
        )}
      </span>
    </p>
  );
}
