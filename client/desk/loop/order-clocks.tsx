import type { ClockKind } from '#contract/kinds.ts';
import type { WorldOrder } from '#domain/loop/world.ts';
import type { WorldIncident } from '#domain/world.ts';
import { useNow } from '../../clock/use-now.ts';
import { orderTexts } from '../../i18n/sections/orders.ts';
import { useFormats, useTexts } from '../../i18n/use-t.ts';
import { Icon } from '../../ui/icons/icon.tsx';
import { clocksOf } from './order-steps.ts';
import styles from './orders.module.css';

interface OrderClocksProps {
  incident: WorldIncident;
  order: WorldOrder;
  /** By when she was to be met when the order was issued: shown where no clock of the incident says it. */
  meetDueAt?: string | null | undefined;
}

interface Due {
  kind: ClockKind;
  dueAt: string;
  warnAt?: string;
  breached?: boolean;
  forecast?: { breach: boolean };
}

/** How long each step of an order may still take, or by how much it is overdue: in figures, words and colour. */
export function OrderClocks({ incident, order, meetDueAt }: OrderClocksProps) {
  const texts = useTexts(orderTexts);
  const formats = useFormats();
  const now = useNow();
  const clocks: Due[] = clocksOf(incident, order);
  const awaited = order.at.met === undefined && !clocks.some(({ kind }) => kind === 'meeting');
  const shown: Due[] = awaited && meetDueAt ? [...clocks, { kind: 'meeting', dueAt: meetDueAt }] : clocks;
  return (
    <span className={styles.clocks}>
      {shown.map(({ kind, dueAt, warnAt, breached, forecast }) => {
        const leftS = (Date.parse(dueAt) - now) / 1000;
        const over = breached || leftS < 0;
        const soon = (warnAt !== undefined && now >= Date.parse(warnAt)) || forecast?.breach;
        const time = formats.clockAge(Math.abs(leftS));
        return (
          <span key={kind} className={styles.clock} data-level={over ? 'over' : soon ? 'soon' : 'fine'}>
            <Icon name={over ? 'warning' : 'clock'} size="1em" />
            {texts.clock[kind]} <b>{over ? texts.over(time) : texts.left(time)}</b>
          </span>
        );
      })}
    </span>
  );
}
