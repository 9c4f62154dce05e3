import { lazy, Suspense, useState } from 'react';
import { isOpenOrder } from '#domain/loop/order.ts';
import type { WorldIncident } from '#domain/world.ts';
import { errorText } from '../../api/error-text.ts';
import { fetchOrders } from '../../api/orders.ts';
import { mayIssueOrders } from '../../app/rights.ts';
import { useSignedIn } from '../../app/session.ts';
import { orderTexts } from '../../i18n/sections/orders.ts';
import { useT, useTexts } from '../../i18n/use-t.ts';
import { Button } from '../../ui/button.tsx';
import { Problem, Section } from '../../ui/section.tsx';
import { useQuery } from '../use-query.ts';
import { OrderRow } from './order-row.tsx';
import { ordersInTurn, versionOfOrders } from './order-steps.ts';
import styles from './orders.module.css';

const OrderRouteDialog = lazy(() =>
  import('./order-route-dialog.tsx').then(module => ({ default: module.OrderRouteDialog })),
);

/** Which station is to meet her, how far that has come, and who went before. */
export function Orders({ incident }: { incident: WorldIncident }) {
  const t = useT();
  const texts = useTexts(orderTexts);
  const { role } = useSignedIn();
  const orders = ordersInTurn(incident.loop.orders);
  const open = orders.find(isOpenOrder);
  const rest = orders.filter(order => !isOpenOrder(order));
  const query = useQuery(orders.length === 0 ? null : `${incident.id} ${versionOfOrders(orders)}`, signal =>
    fetchOrders(incident.id, signal),
  );
  const viewOf = (id: string) => query.data?.find(view => view.id === id);
  const mayChoose = !open && incident.state === 'open' && !incident.handedOverAt && mayIssueOrders(role);
  return (
    <Section
      title={texts.title}
      icon="send"
      action={mayChoose && <Choose incident={incident} again={orders.length > 0} />}
    >
      {orders.length === 0 && (
        <p className={styles.empty}>{incident.stationId === null ? texts.noStation : texts.none}</p>
      )}
      {open && (
        <ul className={styles.orders}>
          <OrderRow incident={incident} order={open} view={viewOf(open.id)} />
        </ul>
      )}
      {rest.length > 0 && (
        <details className={styles.earlier} open={!open}>
          <summary>{texts.ended(rest.length)}</summary>
          <ul className={styles.orders}>
            {rest.map(order => (
              <OrderRow key={order.id} incident={incident} order={order} view={viewOf(order.id)} />
            ))}
          </ul>
        </details>
      )}
      {query.error !== undefined && <Problem>{errorText(query.error, t)}</Problem>}
    </Section>
  );
}

function Choose({ incident, again }: { incident: WorldIncident; again: boolean }) {
  const texts = useTexts(orderTexts);
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button size="s" icon="plus" onPress={() => setAsking(true)}>
        {again ? texts.issueAgain : texts.choose}
      </Button>
      {asking && (
        <Suspense>
          <OrderRouteDialog incident={incident} order={null} onClose={() => setAsking(false)} />
        </Suspense>
      )}
    </>
  );
}
