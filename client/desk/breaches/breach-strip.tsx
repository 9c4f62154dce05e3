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
  const [first, ...others] = open;
  if (!first) return null;
  const see = (key: string) => setSeen(new Set([...seen, key]));
  return (
    <div className={glass.alarms} role="status" aria-label={texts.strip}>
      {/* One row: more would cover the map. */}
      <Row key={first.key} pressing={first} more={others.length} now={now} onSeen={() => see(first.key)} />
    </div>
  );
}

interface RowProps {
  pressing: Pressing;
  /** How many others wait behind it. */
  more: number;
  now: number;
  onSeen: () => void;
}

function Row({ pressing: { incidentId, number, clock, level }, more, now, onSeen }: RowProps) {
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
      {more > 0 && <small>{texts.more(more)}</small>}
      <span className={glass.verbs} data-key="u">
        <Button size="s" onPress={onSeen}>
          {texts.seen} <kbd>U</kbd>
        </Button>
        <Button size="s" onPress={() => navigate(deskPath(incidentId))}>
          {texts.show}
        </Button>
      </span>
    </p>
  );
}
