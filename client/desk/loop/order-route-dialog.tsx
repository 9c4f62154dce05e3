import { useState } from 'react';
import type { WorldOrder } from '#domain/loop/world.ts';
import type { WorldIncident } from '#domain/world.ts';
import { issueOrder } from '../../api/orders.ts';
import { orderTexts } from '../../i18n/sections/orders.ts';
import { useT, useTexts } from '../../i18n/use-t.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions, DialogForm } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Problem } from '../../ui/section.tsx';
import { useAction } from '../use-action.ts';
import { StationField } from './order-station-field.tsx';

interface OrderRouteDialogProps {
  incident: WorldIncident;
  /** The open order that another station is to take over; null: there is none. */
  order: WorldOrder | null;
  onClose: () => void;
}

/** The centre chooses which station meets her. */
export function OrderRouteDialog({ incident, order, onClose }: OrderRouteDialogProps) {
  const t = useT();
  const texts = useTexts(orderTexts);
  const [stationId, setStationId] = useState<string | null>(order ? null : incident.stationId);
  const [reason, setReason] = useState('');
  const action = useAction();
  const why = reason.trim();
  const complete = stationId !== null && (order === null || why !== '');
  async function submit(): Promise<void> {
    if (stationId === null) return;
    const body = { stationId, ...(why !== '' && { reason: why }) };
    if (await action.run(() => issueOrder(incident.id, body))) onClose();
  }
  return (
    <Dialog title={order ? texts.routeTitle : texts.chooseTitle} isOpen onClose={onClose}>
      <DialogForm onSubmit={submit}>
        <StationField except={order?.stationId ?? null} value={stationId} onChange={setStationId} />
        <Field
          label={texts.reason}
          hint={texts.reasonHint}
          value={reason}
          onChange={setReason}
          isRequired={order !== null}
          maxLength={500}
        />
        <Problem>{action.problem}</Problem>
        <DialogActions>
          <Button onPress={onClose}>{t.cancel}</Button>
          <Button variant="primary" type="submit" isDisabled={!complete || action.busy}>
            {order ? texts.reroute : texts.issue}
          </Button>
        </DialogActions>
      </DialogForm>
    </Dialog>
  );
}
