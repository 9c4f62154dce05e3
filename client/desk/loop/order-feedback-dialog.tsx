import { useState } from 'react';
import type { WorldOrder } from '#domain/loop/world.ts';
import { feedBack } from '../../api/orders.ts';
import { orderTexts } from '../../i18n/sections/orders.ts';
import { useT, useTexts } from '../../i18n/use-t.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions, DialogForm } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Problem } from '../../ui/section.tsx';
import { useAction } from '../use-action.ts';
import styles from './orders.module.css';

/** What came of an order. Whether she was met is said already where a meeting was recorded. */
export function OrderFeedbackDialog({ order, onClose }: { order: WorldOrder; onClose: () => void }) {
  const t = useT();
  const texts = useTexts(orderTexts);
  const isMet = order.state === 'met';
  const [met, setMet] = useState<boolean | null>(isMet ? true : null);
  const [text, setText] = useState('');
  const action = useAction();
  const said = text.trim();
  async function submit(): Promise<void> {
    if (met === null) return;
    if (await action.run(() => feedBack(order.id, { text: said, met }))) onClose();
  }
  return (
    <Dialog title={texts.feedbackTitle} hint={texts.feedbackHint} isOpen onClose={onClose}>
      <DialogForm onSubmit={submit}>
        {!isMet && (
          <fieldset className={styles.choices}>
            <legend>{texts.wasMet}</legend>
            {[true, false].map(value => (
              <label key={String(value)}>
                <input type="radio" name="met" checked={met === value} onChange={() => setMet(value)} />
                {value ? texts.metYes : texts.metNo}
              </label>
            ))}
          </fieldset>
        )}
        <Field
          label={texts.feedbackText}
          placeholder={texts.feedbackExample}
          value={text}
          onChange={setText}
          multiline
          isRequired
          autoFocus={isMet}
          maxLength={4000}
        />
        <Problem>{action.problem}</Problem>
        <DialogActions>
          <Button onPress={onClose}>{t.cancel}</Button>
          <Button variant="primary" type="submit" isDisabled={action.busy || met === null || said === ''}>
            {texts.feedback}
          </Button>
        </DialogActions>
      </DialogForm>
    </Dialog>
  );
}
