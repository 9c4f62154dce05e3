import { type IncidentOutcome, incidentOutcomes } from '#contract/incident.ts';
import type { WorldIncident } from '#domain/world.ts';
import { useState } from 'react';
import { closeIncident } from '../../api/incidents.ts';
import { useT } from '../../i18n/use-t.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions, DialogForm } from '../../ui/dialog.tsx';
import { ChoiceField, Field } from '../../ui/field.tsx';
import { Problem } from '../../ui/section.tsx';
import { useAction } from '../use-action.ts';

/** Closing ends the trace for everyone, so it asks how the incident ended. */
export function CloseDialog({ incident, onClose }: { incident: WorldIncident; onClose: () => void }) {
  const t = useT();
  const [outcome, setOutcome] = useState<IncidentOutcome | null>(null);
  const [note, setNote] = useState('');
  const action = useAction();
  async function submit(): Promise<void> {
    if (outcome === null) return;
    const body = { outcome, ...(note.trim() !== '' && { note: note.trim() }) };
    if (await action.run(() => closeIncident(incident.id, body))) onClose();
  }
  return (
    <Dialog title={t.closing.title} hint={t.closing.hint} isOpen onClose={onClose} role="alertdialog">
      <DialogForm onSubmit={submit}>
        <ChoiceField<IncidentOutcome>
          label={t.closing.outcome}
          value={outcome}
          onChange={setOutcome}
          choices={incidentOutcomes.map(value => ({ value, label: t.incident.outcomes[value] }))}
        />
        <Field label={t.closing.note} value={note} onChange={setNote} multiline maxLength={4000} />
        <Problem>{action.problem}</Problem>
        <DialogActions>
          <Button onPress={onClose}>{t.cancel}</Button>
          <Button variant="primary" type="submit" isDisabled={outcome === null || action.busy}>
            {t.closing.confirm}
          </Button>
        </DialogActions>
      </DialogForm>
    </Dialog>
  );
}
