import { type IncidentOutcome, incidentOutcomes } from '#contract/incident.ts';
import type { WorldIncident } from '#domain/world.ts';
import { useMemo, useState } from 'react';
import { closeIncident } from '../../api/incidents.ts';
import { usePrefs } from '../../app/prefs.ts';
import { locateTexts } from '../../i18n/sections/locate.ts';
import { useFormats, useT, useTexts } from '../../i18n/use-t.ts';
import type { LngLat } from '../../map/scene.ts';
import { useLive } from '../../store/live.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions, DialogForm } from '../../ui/dialog.tsx';
import { ChoiceField, Field } from '../../ui/field.tsx';
import { Problem } from '../../ui/section.tsx';
import { pickOnMap, useDesk } from '../desk-store.ts';
import { useLocate } from '../locate/locate-store.ts';
import { nameIn } from '../../i18n/name-in.ts';
import { alarmsOf, tasksOf } from '../tasks/selectors.ts';
import { useTaskStore } from '../tasks/task-store.ts';
import { useAction } from '../use-action.ts';
import { type FoundChoice, foundBody, foundChoices, nowhere, onMap } from './found-where.ts';

const met: ReadonlySet<IncidentOutcome | null> = new Set(['met', 'metTooLate']);
const noPlaces: never[] = [];

/**
 * Closing ends the trace for everyone, so it asks how the incident ended, and where she was met: that is filled in when
 * a task found her.
 */
export function CloseDialog({ incident, onClose }: { incident: WorldIncident; onClose: () => void }) {
  const t = useT();
  const { choices, found } = useFoundChoices(incident.id);
  const [outcome, setOutcome] = useState<IncidentOutcome | null>(found ? 'met' : null);
  const [where, setWhere] = useState(found ?? nowhere);
  const [point, setPoint] = useState<LngLat | null>(null);
  const [note, setNote] = useState('');
  const picking = useDesk(desk => desk.mode.kind === 'pick');
  const action = useAction();
  async function submit(): Promise<void> {
    if (outcome === null) return;
    const place = met.has(outcome) ? foundBody(choices, where, point) : {};
    const body = { outcome, ...place, ...(note.trim() !== '' && { note: note.trim() }) };
    if (await action.run(() => closeIncident(incident.id, body))) onClose();
  }
  return (
    <Dialog
      title={t.closing.title}
      hint={t.closing.hint}
      // Out of the way while a point on the map is asked for; what was filled in stays.
      isOpen={!picking}
      onClose={onClose}
      role="alertdialog"
    >
      <DialogForm onSubmit={submit}>
        <ChoiceField<IncidentOutcome>
          label={t.closing.outcome}
          value={outcome}
          onChange={setOutcome}
          choices={incidentOutcomes.map(value => ({ value, label: t.incident.outcomes[value] }))}
        />
        {met.has(outcome) && (
          <Where choices={choices} value={where} onChange={setWhere} point={point} onPoint={setPoint} />
        )}
        <Field label={t.closing.note} value={note} onChange={setNote} multiline maxLength={4000} />
        <Problem>{action.problem}</Problem>
        <DialogActions>
          <Button onPress={onClose}>{t.cancel}</Button>
          <Button
            variant="primary"
            type="submit"
            isDisabled={outcome === null || action.busy || (where === onMap && point === null)}
          >
            {t.closing.confirm}
          </Button>
        </DialogActions>
      </DialogForm>
    </Dialog>
  );
}

/** What can be chosen, and the place where a task has found her. */
function useFoundChoices(incidentId: string): { choices: FoundChoice[]; found: string | undefined } {
  const tasks = useLive(live => live.world.tasks);
  const views = useTaskStore(store => store.views);
  const places = useLocate(locate => locate.now?.posterior.places ?? noPlaces);
  return useMemo(() => {
    const choices = foundChoices(alarmsOf(tasksOf(tasks, incidentId)).found, views, places);
    const [first] = choices;
    return { choices, found: first && first.place === null ? first.value : undefined };
  }, [tasks, views, places, incidentId]);
}

interface WhereProps {
  choices: readonly FoundChoice[];
  value: string;
  onChange: (value: string) => void;
  point: LngLat | null;
  onPoint: (point: LngLat) => void;
}

function Where({ choices, value, onChange, point, onPoint }: WhereProps) {
  const texts = useTexts(locateTexts);
  const formats = useFormats();
  const lang = usePrefs(prefs => prefs.lang);
  const labelOf = ({ value: id, task, place }: FoundChoice): string => {
    if (place) return nameIn(place, lang);
    return task?.target ? texts.closeByTask(task.target.name, task.callsign) : id;
  };
  const pick = () => pickOnMap(({ position }) => onPoint(position));
  return (
    <>
      <ChoiceField
        label={texts.closeWhere}
        value={value}
        onChange={chosen => {
          onChange(chosen);
          if (chosen === onMap) pick();
        }}
        isRequired={false}
        choices={[
          ...choices.map(choice => ({ value: choice.value, label: labelOf(choice) })),
          { value: onMap, label: texts.closeOnMap },
          { value: nowhere, label: texts.closeUnknown },
        ]}
      />
      {value === onMap && (
        <Button size="s" icon="pin" onPress={pick}>
          {point
            ? texts.closePicked(formats.number(point[0], 5), formats.number(point[1], 5))
            : texts.closePick}
        </Button>
      )}
      <small>{texts.closeWhereHint}</small>
    </>
  );
}
