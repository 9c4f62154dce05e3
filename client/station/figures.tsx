import type { OrderView } from '#contract/order.ts';
import { useNow } from '../clock/use-now.ts';
import { stationTexts } from '../i18n/sections/station.ts';
import { useFormats, useTexts } from '../i18n/use-t.ts';
import { figuresOf } from './station-orders.ts';
import styles from './station.module.css';

const names = ['issued', 'met', 'open', 'breached'] as const;

/** The station's day in four numbers. */
export function Figures({ orders, dayMs }: { orders: readonly OrderView[]; dayMs: number }) {
  const texts = useTexts(stationTexts);
  const formats = useFormats();
  const figures = figuresOf(orders, dayMs, useNow());
  return (
    <dl className={styles.figures}>
      {names.map(name => (
        <div key={name} data-name={name} data-zero={figures[name] === 0 || undefined}>
          <dt>{texts.figures[name]}</dt>
          <dd>{formats.number(figures[name])}</dd>
        </div>
      ))}
    </dl>
  );
}
