import { lazy, Suspense, useMemo, useState } from 'react';
import type { OrderView } from '#contract/order.ts';
import { dayStart } from '../admin/roster/timeline.ts';
import { errorText } from '../api/error-text.ts';
import { advanceOrder, fetchStationOrders } from '../api/orders.ts';
import { mayAnswerOrders } from '../app/rights.ts';
import { useSignedIn } from '../app/session.ts';
import { useNow } from '../clock/use-now.ts';
import { useChime } from '../desk/glass/use-chime.ts';
import { canDo, type OrderVerb } from '../desk/loop/order-steps.ts';
import { useAction } from '../desk/use-action.ts';
import { useQuery } from '../desk/use-query.ts';
import { stationTexts } from '../i18n/sections/station.ts';
import { useT, useTexts } from '../i18n/use-t.ts';
import { useLive } from '../store/live.ts';
import { Notice } from '../ui/notice.tsx';
import { Problem } from '../ui/section.tsx';
import { useKeys } from '../ui/use-keys.ts';
import { EndedToday } from './ended-today.tsx';
import { Figures } from './figures.tsx';
import { RevisitsDue } from './revisits-due.tsx';
import { OrderCard } from './order-card.tsx';
import { type StationOrder, stationQueue, versionOf } from './station-orders.ts';
import styles from './station.module.css';

const OrderDialogs = lazy(() => import('../desk/loop/order-dialogs.tsx'));

/** An order that nobody acknowledges rings again after so long. */
const ringEveryMs = 30_000;

/** What a station has to do, live, and what it has done today. */
export function StationBoard({ stationId }: { stationId: string }) {
  const t = useT();
  const texts = useTexts(stationTexts);
  const incidents = useLive(live => live.world.incidents);
  const loaded = useLive(live => live.world.seq > 0 || live.link.state === 'live');
  const dayMs = dayStart(useNow());
  const queue = useMemo(() => stationQueue(incidents, stationId), [incidents, stationId]);
  const version = useMemo(() => versionOf(incidents, stationId), [incidents, stationId]);
  const query = useQuery(`${stationId} ${dayMs} ${version}`, signal =>
    fetchStationOrders(stationId, new Date(dayMs).toISOString(), signal),
  );
  const views = useLatest(query.data);
  const work = useQueueWork(queue);
  useRing(queue);
  const fresh = queue.filter(({ order }) => order.state === 'issued').length;
  return (
    <main className={styles.board}>
      <Figures orders={views} dayMs={dayMs} />
      <section className={styles.queue} aria-label={texts.queue}>
        <header className={styles.head}>
          <h2>
            {texts.queue} <b>{queue.length}</b>
          </h2>
          {fresh > 0 && <strong className={styles.fresh}>{texts.newOrders(fresh)}</strong>}
          <small>{texts.keys}</small>
        </header>
        <Problem>
          {work.action.problem ?? (query.error === undefined ? null : errorText(query.error, t))}
        </Problem>
        <ul className={styles.cards}>
          {queue.map(entry => (
            <OrderCard
              key={entry.order.id}
              entry={entry}
              view={views.find(({ id }) => id === entry.order.id)}
              isSelected={entry === work.selected}
              isBusy={work.action.busy}
              onSelect={() => work.select(entry.order.id)}
              onVerb={verb => work.act(entry, verb)}
            />
          ))}
        </ul>
        {queue.length === 0 &&
          (loaded ? (
            <Notice icon="check" title={texts.empty} hint={texts.emptyHint} />
          ) : (
            <Notice title={t.loading} />
          ))}
      </section>
      <aside className={styles.aside}>
        <RevisitsDue stationId={stationId} dayMs={dayMs} />
        <EndedToday orders={views} dayMs={dayMs} />
      </aside>
      {work.asking && (
        <Suspense>
          <OrderDialogs {...work.asking} asking={work.asking.verb} onClose={work.done} />
        </Suspense>
      )}
    </main>
  );
}

/** The last answer stays while the next one is on its way: a board that blinks at each change is read by nobody. */
function useLatest(found: OrderView[] | undefined): readonly OrderView[] {
  const [latest, setLatest] = useState<readonly OrderView[]>([]);
  if (found && found !== latest) setLatest(found);
  return found ?? latest;
}

/** Which order the keys are about, and what is being done with one. */
function useQueueWork(queue: readonly StationOrder[]) {
  const { role } = useSignedIn();
  const [selectedId, select] = useState<string | null>(null);
  const [asking, ask] = useState<{ orderId: string; verb: OrderVerb } | null>(null);
  const action = useAction();
  const at = Math.max(
    0,
    queue.findIndex(({ order }) => order.id === selectedId),
  );
  const selected = queue[at];
  const act = ({ order }: StationOrder, verb: OrderVerb) => {
    if (!mayAnswerOrders(role) || !canDo(verb, order)) return;
    select(order.id);
    if (verb === 'acknowledge' || verb === 'underWay') void action.run(() => advanceOrder(order.id, verb));
    else ask({ orderId: order.id, verb });
  };
  const onSelected = (verb: OrderVerb) => () => selected && act(selected, verb);
  const step = (by: 1 | -1) => () => {
    const next = queue[Math.min(queue.length - 1, Math.max(0, at + by))];
    if (next) select(next.order.id);
  };
  useKeys({
    // New orders stand on top: the key takes the first of them, whatever is selected.
    a: () => {
      const first = selected?.order.state === 'issued' ? selected : queue[0];
      if (first?.order.state === 'issued') act(first, 'acknowledge');
    },
    j: step(1),
    k: step(-1),
    n: onSelected('assign'),
    u: onSelected('underWay'),
    m: onSelected('meet'),
    f: onSelected('feedback'),
    h: onSelected('handOver'),
  });
  const about = queue.find(({ order }) => order.id === asking?.orderId);
  return {
    selected,
    select,
    act,
    action,
    asking: about && asking ? { incident: about.incident, order: about.order, verb: asking.verb } : null,
    done: () => ask(null),
  };
}

/** Rings for each new order, and again while nobody acknowledges it. */
function useRing(queue: readonly StationOrder[]): void {
  const now = useNow();
  useChime(
    queue
      .filter(({ order }) => order.state === 'issued')
      .map(({ order }) => `${order.id}:${Math.floor((now - Date.parse(order.issuedAt)) / ringEveryMs)}`),
  );
}
