import { useState } from 'react';
import { type SearchMethod, searchMethods } from '#contract/sighting.ts';
import { type TaskOutcome, taskOutcomes } from '#domain/task.ts';
import type { WorldTask } from '#domain/world.ts';
import { reportResult } from '../../api/tasks.ts';
import { serverNow } from '../../clock/use-now.ts';
import { taskTexts } from '../../i18n/sections/tasks.ts';
import { useT, useTexts } from '../../i18n/use-t.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions, DialogForm } from '../../ui/dialog.tsx';
import { ChoiceField, Field, FieldPair } from '../../ui/field.tsx';
import { Problem } from '../../ui/section.tsx';
import { useAction } from '../use-action.ts';
import { useTargetName } from './target-name.ts';
import styles from './tasks.module.css';

const minutesAgo = ['0', '2', '5', '10', '20', '30'] as const;

/** What a crew said over the radio. */
export function ResultDialog({ task, onClose }: { task: WorldTask; onClose: () => void }) {
  const t = useT();
  const texts = useTexts(taskTexts);
  const place = useTargetName(task);
  const [outcome, setOutcome] = useState<TaskOutcome>('notHere');
  const [method, setMethod] = useState<SearchMethod>(task.method);
  const [ago, setAgo] = useState<(typeof minutesAgo)[number]>('0');
  const [note, setNote] = useState('');
  const action = useAction();
  async function submit(): Promise<void> {
    const observedAt = new Date(serverNow() - Number(ago) * 60_000).toISOString();
    const body = { outcome, method, observedAt, ...(note.trim() !== '' && { note: note.trim() }) };
    if (await action.run(() => reportResult(task.id, body))) onClose();
  }
  return (
    <Dialog title={`${texts.result} · ${place}`} isOpen onClose={onClose} role="alertdialog">
      <DialogForm onSubmit={submit}>
        <fieldset className={styles.outcomes}>
          <legend>{texts.what}</legend>
          {taskOutcomes.map(value => (
            <label key={value} data-outcome={value}>
              <input
                type="radio"
                name="outcome"
                checked={outcome === value}
                onChange={() => setOutcome(value)}
                // oxlint-disable-next-line jsx-a11y/no-autofocus -- the dialog was opened to choose this
                autoFocus={value === 'notHere'}
              />
              {texts.outcome[value]}
            </label>
          ))}
        </fieldset>
        <FieldPair>
          <ChoiceField<SearchMethod>
            label={texts.how}
            value={method}
            onChange={setMethod}
            choices={searchMethods.map(value => ({ value, label: t.sighting.method[value] }))}
          />
          <ChoiceField
            label={texts.when}
            value={ago}
            onChange={setAgo}
            choices={minutesAgo.map(value => ({
              value,
              label: value === '0' ? texts.justNow : texts.minutesAgo(Number(value)),
            }))}
          />
        </FieldPair>
        <Field label={texts.note} value={note} onChange={setNote} multiline maxLength={4000} />
        <Problem>{action.problem}</Problem>
        <DialogActions>
          <Button onPress={onClose}>{t.cancel}</Button>
          <Button variant="primary" type="submit" isDisabled={action.busy}>
            {texts.record}
          </Button>
        </DialogActions>
      </DialogForm>
    </Dialog>
  );
}
