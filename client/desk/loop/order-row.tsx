import { lazy, Suspense, useState } from 'react';
import { Button as MenuButton, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import type { OrderView } from '#contract/order.ts';
import { isOpenOrder } from '#domain/loop/order.ts';
import type { WorldOrder } from '#domain/loop/world.ts';
import type { WorldIncident } from '#domain/world.ts';
import { advanceOrder } from '../../api/orders.ts';
import { mayAnswerOrders, mayHandOverOrders, mayIssueOrders } from '../../app/rights.ts';
import { useSignedIn } from '../../app/session.ts';
import { orderTexts } from '../../i18n/sections/orders.ts';
import { useFormats, useT, useTexts } from '../../i18n/use-t.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons/icon.tsx';
import menu from '../../ui/menu.module.css';
import { Problem } from '../../ui/section.tsx';
import { useStationName } from '../station-name.ts';
import { useAction } from '../use-action.ts';
import { canDo, nextVerb, type OrderVerb } from './order-steps.ts';
import { OrderTrack } from './order-track.tsx';
import styles from './orders.module.css';

const OrderDialogs = lazy(() => import('./order-dialogs.tsx'));

interface OrderRowProps {
  incident: WorldIncident;
  order: WorldOrder;
  /** Names and words; undefined until they have come. */
  view: OrderView | undefined;
}

/** One order in the incident's panel: whose it is, how far it has come, and what the desk may do with it. */
export function OrderRow({ incident, order, view }: OrderRowProps) {
  const texts = useTexts(orderTexts);
  const formats = useFormats();
  const station = useStationName(order.stationId);
  const open = isOpenOrder(order);
  const ended = order.at[order.state];
  return (
    <li className={styles.order} data-state={order.state}>
      <header>
        <strong>{station ?? order.stationId}</strong>
        <small>{texts.basis[order.basis]}</small>
        <b className={styles.state}>{texts.state[order.state]}</b>
        {!open && ended && <time>{formats.timeShort(Date.parse(ended))}</time>}
      </header>
      {open && <OrderTrack order={order} />}
      {(open || order.officerIds.length > 0) && <Officers order={order} view={view} />}
      {(view?.note ?? view?.reason) && <p className={styles.words}>{view?.note ?? view?.reason}</p>}
      {open && incident.state === 'open' && <Verbs incident={incident} order={order} />}
    </li>
  );
}

/** Who goes, by name as soon as the names are there. */
export function Officers({ order, view }: Pick<OrderRowProps, 'order' | 'view'>) {
  const t = useT();
  const texts = useTexts(orderTexts);
  const names = (view?.officers ?? []).map(({ name, sworn }) => {
    const known = name ?? texts.unknownOfficer;
    return sworn ? texts.swornOfficer(known) : known;
  });
  const counted = texts.chosen(order.sworn, order.officerIds.length - order.sworn);
  const known = names.length > 0 ? names.join(t.list) : counted;
  return (
    <span className={styles.who}>
      <Icon name="people" size="1em" label={texts.officers} />
      {order.officerIds.length === 0 ? texts.nobody : known}
    </span>
  );
}

const others: readonly OrderVerb[] = [
  'acknowledge',
  'assign',
  'underWay',
  'meet',
  'feedback',
  'reroute',
  'handOver',
  'cancel',
];

function Verbs({ incident, order }: Omit<OrderRowProps, 'view'>) {
  const texts = useTexts(orderTexts);
  const { role } = useSignedIn();
  const [asking, setAsking] = useState<OrderVerb | null>(null);
  const action = useAction();
  const next = nextVerb(order);
  const may = (verb: OrderVerb): boolean => {
    if (verb === 'reroute' || verb === 'cancel') return mayIssueOrders(role);
    return verb === 'handOver' ? mayHandOverOrders(role) : mayAnswerOrders(role);
  };
  const possible = others.filter(verb => verb !== next && may(verb) && canDo(verb, order));
  const act = (verb: OrderVerb) => {
    if (verb === 'acknowledge' || verb === 'underWay') void action.run(() => advanceOrder(order.id, verb));
    else setAsking(verb);
  };
  if (!mayAnswerOrders(role)) return null;
  return (
    <footer>
      {next && (
        <span data-key="d">
          <Button size="s" isDisabled={action.busy} onPress={() => act(next)}>
            {texts[next]} <kbd>D</kbd>
          </Button>
        </span>
      )}
      {possible.length > 0 && (
        <MenuTrigger>
          <MenuButton className={buttonClass({ size: 's' })} aria-label={texts.more}>
            <Icon name="chevronDown" />
          </MenuButton>
          <Popover className={menu.popover ?? ''} placement="bottom end">
            <Menu className={menu.menu ?? ''} onAction={key => act(key as OrderVerb)}>
              {possible.map(verb => (
                <MenuItem key={verb} id={verb} className={menu.item ?? ''}>
                  {texts[verb]}
                </MenuItem>
              ))}
            </Menu>
          </Popover>
        </MenuTrigger>
      )}
      <Problem>{action.problem}</Problem>
      {asking && (
        <Suspense>
          <OrderDialogs incident={incident} order={order} asking={asking} onClose={() => setAsking(null)} />
        </Suspense>
      )}
    </footer>
  );
}
