import type { WorldOrder } from '#domain/loop/world.ts';
import type { WorldIncident } from '#domain/world.ts';
import { cancelOrder } from '../../api/orders.ts';
import { orderTexts } from '../../i18n/sections/orders.ts';
import { useTexts } from '../../i18n/use-t.ts';
import { ReasonDialog } from '../tasks/reason-dialog.tsx';
import { HoldDialog } from './meeting-dialog.tsx';
import { OrderAssignDialog } from './order-assign-dialog.tsx';
import { OrderFeedbackDialog } from './order-feedback-dialog.tsx';
import { OrderHandOverDialog } from './order-hand-over-dialog.tsx';
import { OrderRouteDialog } from './order-route-dialog.tsx';
import type { OrderVerb } from './order-steps.ts';

interface OrderDialogsProps {
  incident: WorldIncident;
  order: WorldOrder;
  /** Verbs that ask nothing have no dialog. */
  asking: OrderVerb;
  onClose: () => void;
}

/** The dialog of a verb. */
export default function OrderDialogs({ incident, order, asking, onClose }: OrderDialogsProps) {
  const texts = useTexts(orderTexts);
  switch (asking) {
    case 'assign':
      return <OrderAssignDialog order={order} onClose={onClose} />;
    case 'meet':
      return <HoldDialog incidentId={incident.id} onClose={onClose} />;
    case 'feedback':
      return <OrderFeedbackDialog order={order} onClose={onClose} />;
    case 'handOver':
      return <OrderHandOverDialog order={order} onClose={onClose} />;
    case 'reroute':
      return <OrderRouteDialog incident={incident} order={order} onClose={onClose} />;
    case 'cancel':
      return (
        <ReasonDialog
          title={texts.cancel}
          hint={texts.reasonHint}
          isRequired
          onClose={onClose}
          onReason={reason => cancelOrder(order.id, reason ?? '')}
        />
      );
    default:
      return null;
  }
}
