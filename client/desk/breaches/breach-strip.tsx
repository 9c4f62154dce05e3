import { useMemo, useState } from 'react';
import { deskPath, navigate } from '../../app/router.ts';
import { useSignedIn } from '../../app/session.ts';
import { useNow } from '../../clock/use-now.ts';
import { clockTexts } from '../../i18n/sections/clocks.ts';
import { useFormats, useTexts } from '../../i18n/use-t.ts';
import { useLive } from '../../store/live.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons/icon.tsx';
import glass from '../glass/glass.module.css';
import { useChime } from '../glass/use-chime.ts';
import { type Pressing, pressing } from './to-see-to.ts';

/** More would cover the map; the rest is counted. */
const mostShown = 1;

/** Across the desk while a clock is overdue or about to be, until it stops or whoever sits there has seen it. */
export default function BreachStrip() {
  const texts = useTexts(clockTexts);
  const { role } = useSignedIn();
  const incidents = useLive(live => live.world.incidents);
  const now = useNow();
  const [seen, setSeen] = useState<ReadonlySet<string>>(new Set());
  const all = useMemo(() => pressing(incidents, role, now), [incidents, role, now]);
  const open = all.filter(({ key }) => !seen.has(key));
  useChime(open.filter(({ level }) => level === 'over').map(({ clock }) => clock.id));
  if (open.length === 0) return null;
  const see = (...keys: string[]) => setSeen(new Set([...seen, ...keys]));
  return (
    <div className={glass.alarms} role="status" aria-label={texts.strip}>
      {open.slice(0, mostShown).map((each, index) => (
        <Row key={each.key} pressing={each} first={index === 0} now={now} onSeen={() => see(each.key)} />
      ))}
      {open.length > mostShown && (
        <p className={glass.alarm}>
          {texts.more(open.length - mostShown)}
          <span className={glass.verbs}>
            <Button size="s" onPress={() => see(...open.map(({ key }) => key))}>
              {texts.seen}
            </Button>
          </span>
        </p>
      )}
    </div>
  );
}

interface RowProps {
  pressing: Pressing;
  first: boolean;
  now: number;
  onSeen: () => void;
}

function Row({ pressing: { incidentId, number, clock, level }, first, now, onSeen }: RowProps) {
  const texts = useTexts(clockTexts);
  const formats = useFormats();
  const says = { over: texts.breached, soon: texts.warned, foreseen: texts.foreseen }[level];
  const leftS = (Date.parse(clock.dueAt) - now) / 1000;
  const time = formats.clockAge(Math.abs(leftS));
  return (
    <p className={glass.alarm} data-overdue={level === 'over' || undefined}>
      <Icon name={level === 'over' ? 'warning' : 'clock'} size="1.4em" />
      <strong>{says(number, texts.kind[clock.kind])}</strong>
      <time>{leftS < 0 ? texts.over(time) : texts.left(time)}</time>
      <span className={glass.verbs} {...(first && { 'data-key': 'u' })}>
        <Button size="s" onPress={onSeen}>
          {texts.seen} {first && <kbd>U</kbd>}
        </Button>
        <Button size="s" onPress={() => navigate(deskPath(incidentId))}>
          {texts.show}
        </Button>
      </span>
    </p>
  );
}
