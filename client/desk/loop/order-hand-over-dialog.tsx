import { useState } from 'react';
import type { WorldOrder } from '#domain/loop/world.ts';
import { handOverOrder } from '../../api/orders.ts';
import { orderTexts } from '../../i18n/sections/orders.ts';
import { useT, useTexts } from '../../i18n/use-t.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions, DialogForm } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Problem } from '../../ui/section.tsx';
import { useAction } from '../use-action.ts';
import { StationField } from './order-station-field.tsx';
import styles from './orders.module.css';

/** Another station of the county, or another county's bureau, is to meet her. */
export function OrderHandOverDialog({ order, onClose }: { order: WorldOrder; onClose: () => void }) {
  const t = useT();
  const texts = useTexts(orderTexts);
  const [outside, setOutside] = useState(false);
  const [stationId, setStationId] = useState<string | null>(null);
  const [to, setTo] = useState('');
  const [reason, setReason] = useState('');
  const action = useAction();
  const why = reason.trim();
  const complete = why !== '' && (outside ? to.trim().length >= 2 : stationId !== null);
  async function submit(): Promise<void> {
    const body = outside
      ? { outOfCounty: true as const, to: to.trim(), reason: why }
      : { stationId: stationId ?? '', reason: why };
    if (await action.run(() => handOverOrder(order.id, body))) onClose();
  }
  return (
    <Dialog title={texts.handOverTitle} hint={texts.handOverHint} isOpen onClose={onClose} role="alertdialog">
      <DialogForm onSubmit={submit}>
        <fieldset className={styles.choices}>
          <legend>{texts.handOverWhere}</legend>
          {[false, true].map(value => (
            <label key={String(value)}>
              <input
                type="radio"
                name="where"
                checked={outside === value}
                onChange={() => setOutside(value)}
              />
              {value ? texts.outOfCounty : texts.withinCounty}
            </label>
          ))}
        </fieldset>
        {outside ? (
          <Field label={texts.bureau} value={to} onChange={setTo} isRequired maxLength={120} />
        ) : (
          <StationField except={order.stationId} value={stationId} onChange={setStationId} />
        )}
        <Field
          label={texts.reason}
          hint={outside ? '' : texts.reasonHint}
          value={reason}
          onChange={setReason}
          isRequired
          maxLength={500}
        />
        <Problem>{action.problem}</Problem>
        <DialogActions>
          <Button onPress={onClose}>{t.cancel}</Button>
          <Button variant="primary" type="submit" isDisabled={!complete || action.busy}>
            {texts.handOver}
          </Button>
        </DialogActions>
      </DialogForm>
    </Dialog>
  );
}
