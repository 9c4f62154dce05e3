import { useEffect, useRef, useState } from 'react';
import type { OrderView } from '#contract/order.ts';
import { fetchSubject, type SubjectFull } from '../api/incidents.ts';
import { mayAnswerOrders, mayHandOverOrders, mayRevealSubject } from '../app/rights.ts';
import { deskPath, navigate } from '../app/router.ts';
import { useSignedIn } from '../app/session.ts';
import { useNow } from '../clock/use-now.ts';
import { OrderClocks } from '../desk/loop/order-clocks.tsx';
import { Officers } from '../desk/loop/order-row.tsx';
import { canDo, nextVerb, type OrderVerb } from '../desk/loop/order-steps.ts';
import { OrderTrack } from '../desk/loop/order-track.tsx';
import { useAction } from '../desk/use-action.ts';
import { orderTexts } from '../i18n/sections/orders.ts';
import { stationTexts } from '../i18n/sections/station.ts';
import { useFormats, useT, useTexts } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { Icon } from '../ui/icons/icon.tsx';
import { RiskMark } from '../ui/icons/risk-mark.tsx';
import { Problem } from '../ui/section.tsx';
import type { StationOrder } from './station-orders.ts';
import styles from './station.module.css';

interface OrderCardProps {
  entry: StationOrder;
  /** Names and words, as soon as they have come. */
  view: OrderView | undefined;
  isSelected: boolean;
  isBusy: boolean;
  onSelect: () => void;
  onVerb: (verb: OrderVerb) => void;
}

const keys: Partial<Record<OrderVerb, string>> = {
  acknowledge: 'A',
  assign: 'N',
  underWay: 'U',
  meet: 'M',
  feedback: 'F',
  handOver: 'H',
};

/** One order of the queue: whom to meet and where, by when, who goes, and what comes next. */
export function OrderCard({ entry, view, isSelected, isBusy, onSelect, onVerb }: OrderCardProps) {
  const texts = useTexts(orderTexts);
  const { incident, order } = entry;
  const card = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isSelected) card.current?.scrollIntoView({ block: 'nearest' });
  }, [isSelected]);
  return (
    // The keys J and K choose as well: the click is for the mouse.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions
    <li
      ref={card}
      className={styles.card}
      data-state={order.state}
      data-risk={incident.risk}
      aria-current={isSelected || undefined}
      onClick={onSelect}
    >
      <Whom entry={entry} />
      <div className={styles.progress}>
        <b className={styles.state}>{texts.state[order.state]}</b>
        <OrderTrack order={order} />
        <OrderClocks incident={incident} order={order} meetDueAt={view?.meetDueAt} />
      </div>
      <div className={styles.doing}>
        <span>
          <Officers order={order} view={view} />
          {order.basis !== 'home' && <small>{texts.basis[order.basis]}</small>}
          {view?.reason && <small className={styles.reason}>{view.reason}</small>}
        </span>
        <Verbs order={order} isSelected={isSelected} isBusy={isBusy} onVerb={onVerb} />
      </div>
    </li>
  );
}

/** Masked; in full for whoever presses the eye, which is audited. */
function Whom({ entry: { incident, order } }: { entry: StationOrder }) {
  const t = useT();
  const texts = useTexts(stationTexts);
  const formats = useFormats();
  const now = useNow();
  const { role } = useSignedIn();
  const [full, setFull] = useState<SubjectFull | null>(null);
  const action = useAction();
  const { subject, risk, number, amount, alertCount } = incident;
  const address = full?.address ?? subject?.address;
  return (
    <div className={styles.whom}>
      <RiskMark risk={risk} number={number} size="2.8em" label={t.queue.label(number, t.risk[risk])} />
      <div>
        <p className={styles.name}>
          <strong>{full?.name ?? subject?.nameMasked ?? t.queue.noSubject}</strong>
          <b className={styles.risk}>{t.risk[risk]}</b>
          <span>{t.scam[incident.scamType]}</span>
          {amount !== null && <span>{formats.yuan(amount)}</span>}
          {alertCount > 1 && <em>{texts.repeats(alertCount)}</em>}
        </p>
        <p className={styles.address}>
          <Icon name="home" size="1em" /> {address ?? texts.noAddress}
        </p>
        <p className={styles.phone}>
          <Icon name="phone" size="1em" /> {full?.phone ?? subject?.phoneMasked ?? '–'}
          <small>{texts.issuedAgo(formats.age((now - Date.parse(order.issuedAt)) / 1000))}</small>
        </p>
        <Problem>{action.problem}</Problem>
      </div>
      <span className={styles.marks}>
        {subject && mayRevealSubject(role) && (
          <IconButton
            icon={full ? 'eyeOff' : 'eye'}
            label={full ? t.close : texts.reveal}
            isDisabled={action.busy}
            onPress={() =>
              full ? setFull(null) : void action.run(async () => setFull(await fetchSubject(incident.id)))
            }
          />
        )}
        <IconButton
          icon="external"
          label={texts.toIncident}
          onPress={() => navigate(deskPath(incident.id))}
        />
      </span>
    </div>
  );
}

type VerbsProps = Pick<OrderCardProps, 'isSelected' | 'isBusy' | 'onVerb'> & Pick<StationOrder, 'order'>;

const offered: readonly OrderVerb[] = ['handOver', 'assign', 'underWay', 'meet', 'feedback', 'acknowledge'];

function Verbs({ order, isSelected, isBusy, onVerb }: VerbsProps) {
  const texts = useTexts(orderTexts);
  const { role } = useSignedIn();
  const next = nextVerb(order);
  const may = (verb: OrderVerb) => (verb === 'handOver' ? mayHandOverOrders(role) : mayAnswerOrders(role));
  // What comes long after the next step is left out: new orders are read at a glance.
  const shown = offered.filter(
    verb => may(verb) && canDo(verb, order) && !(order.state === 'issued' && verb === 'meet'),
  );
  return (
    <span className={styles.verbs}>
      {shown.map(verb => (
        <Button
          key={verb}
          variant={verb === next ? 'primary' : verb === 'handOver' ? 'quiet' : 'plain'}
          className={verb === 'acknowledge' ? styles.big : undefined}
          isDisabled={isBusy}
          onPress={() => onVerb(verb)}
        >
          {texts[verb]}
          {(isSelected || verb === 'acknowledge') && <kbd>{keys[verb]}</kbd>}
        </Button>
      ))}
    </span>
  );
}
