import { useState } from 'react';
import { mayOrderTasks } from '../../app/rights.ts';
import { useSignedIn } from '../../app/session.ts';
import { taskTexts } from '../../i18n/sections/tasks.ts';
import { useTexts } from '../../i18n/use-t.ts';
import type { LngLat } from '../../map/scene.ts';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Problem } from '../../ui/section.tsx';
import { useAction } from '../use-action.ts';
import { order, type OrderTarget } from './order.ts';
import { OrderDialog } from './order-dialog.tsx';
import { useOpenIncident } from './use-open-incident.ts';

interface OrderButtonProps {
  unit: { unitId: string; callsign: string };
  /** Known: one press orders. Null: asks which of the places near `near`. */
  target: OrderTarget | null;
  near: LngLat;
  /** The best unit for a known target takes the focus, so that Enter orders it. */
  takesFocus: boolean;
}

/** Sends a unit of the nearest list; not there for those who may not order, and without an open incident. */
export function OrderButton({ unit, target, near, takesFocus }: OrderButtonProps) {
  const texts = useTexts(taskTexts);
  const { role } = useSignedIn();
  const incident = useOpenIncident();
  const [asking, setAsking] = useState(false);
  const action = useAction();
  const [refusal, setRefusal] = useState<string | null>(null);
  if (!incident || !mayOrderTasks(role)) return null;
  const press = () =>
    target
      ? void action.run(async () => setRefusal(await order(incident.id, unit, target, texts)))
      : setAsking(true);
  return (
    <>
      <span
        ref={span => {
          if (span && takesFocus) span.querySelector('button')?.focus();
        }}
      >
        {target ? (
          <Button
            size="s"
            icon="send"
            isDisabled={action.busy}
            aria-label={texts.orderUnit(unit.callsign)}
            onPress={press}
          >
            {texts.order}
          </Button>
        ) : (
          <IconButton icon="send" label={texts.orderUnit(unit.callsign)} onPress={press} />
        )}
      </span>
      <Problem>{refusal ?? action.problem}</Problem>
      {asking && (
        <OrderDialog incidentId={incident.id} unit={unit} near={near} onClose={() => setAsking(false)} />
      )}
    </>
  );
}
