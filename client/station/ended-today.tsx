import type { OrderView } from '#contract/order.ts';
import { orderTexts } from '../i18n/sections/orders.ts';
import { stationTexts } from '../i18n/sections/station.ts';
import { useFormats, useT, useTexts } from '../i18n/use-t.ts';
import { useNow } from '../clock/use-now.ts';
import { endedSince, isTooLate } from './station-orders.ts';
import styles from './station.module.css';

/** What the station has done today, the last first. */
export function EndedToday({ orders, dayMs }: { orders: readonly OrderView[]; dayMs: number }) {
  const t = useT();
  const texts = useTexts(stationTexts);
  const words = useTexts(orderTexts);
  const formats = useFormats();
  const now = useNow();
  const ended = endedSince(orders, dayMs);
  return (
    <section className={styles.ended} aria-label={texts.today}>
      <header className={styles.head}>
        <h2>
          {texts.today} <b>{ended.length}</b>
        </h2>
      </header>
      {ended.length === 0 && <p className={styles.none}>{texts.todayEmpty}</p>}
      <ul>
        {ended.map(order => (
          <li key={order.id} data-state={order.state}>
            <span>{t.queue.number(order.incidentNumber)}</span>
            <b>
              {order.metAt && isTooLate(order, now)
                ? words.metLate
                : order.metAt
                  ? words.metYes
                  : order.state === 'fedBack'
                    ? words.metNo
                    : words.state[order.state]}
            </b>
            <time>{formats.timeShort(Date.parse(order.endedAt ?? order.issuedAt))}</time>
            {(order.note ?? order.reason) && <p>{order.note ?? order.reason}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}
