import type { WorldOrder } from '#domain/loop/world.ts';
import { orderTexts } from '../../i18n/sections/orders.ts';
import { useFormats, useTexts } from '../../i18n/use-t.ts';
import styles from './orders.module.css';

const steps = ['issued', 'acknowledged', 'underWay', 'met', 'fedBack'] as const;

/** How far an order has come, and when it came to each step. */
export function OrderTrack({ order }: { order: WorldOrder }) {
  const texts = useTexts(orderTexts);
  const formats = useFormats();
  const last = steps.findLastIndex(step => order.at[step] !== undefined);
  return (
    <ol className={styles.track}>
      {steps.map((step, index) => {
        const at = order.at[step];
        return (
          <li key={step} data-state={index <= last ? (at ? 'done' : 'skipped') : 'ahead'}>
            <span>{texts.step[step]}</span>
            <time>{at ? formats.timeShort(Date.parse(at)) : '–'}</time>
          </li>
        );
      })}
    </ol>
  );
}
