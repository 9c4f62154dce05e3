import { useState } from 'react';
import { meetingSteps, type StepRefusal, stepRefusals } from '#contract/kinds.ts';
import { changeMeeting, type MeetingView, recordStep } from '../../api/meetings.ts';
import { mayHoldMeetings } from '../../app/rights.ts';
import { useSignedIn } from '../../app/session.ts';
import { meetingTexts } from '../../i18n/sections/meeting.ts';
import { useT, useTexts } from '../../i18n/use-t.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions, DialogForm } from '../../ui/dialog.tsx';
import { ChoiceField, Field } from '../../ui/field.tsx';
import { Icon } from '../../ui/icons/icon.tsx';
import { Problem } from '../../ui/section.tsx';
import { useAction } from '../use-action.ts';
import styles from './meeting.module.css';

const noted = ['consent', 'appInstalled', 'miniProgram'] as const;

/** The five steps in one row, each to be said or corrected, and what was installed. */
export function MeetingSteps({ meeting }: { meeting: MeetingView }) {
  const texts = useTexts(meetingTexts);
  const { role } = useSignedIn();
  const [asking, setAsking] = useState<number | null>(null);
  const action = useAction();
  const may = mayHoldMeetings(role);
  return (
    <>
      <ol className={styles.steps}>
        {meetingSteps.map((name, index) => {
          const said = meeting.steps.find(({ step }) => step === index + 1);
          const state = said === undefined ? 'open' : said.done ? 'done' : 'refused';
          const words = said?.refusal
            ? texts.refusals[said.refusal]
            : { open: texts.notSaid, done: texts.done, refused: texts.notDone }[state];
          return (
            <li key={name}>
              <button
                type="button"
                data-state={state}
                disabled={!may}
                title={said?.note ?? texts.stepHints[index]}
                onClick={() => setAsking(index + 1)}
              >
                <span>
                  {state === 'done' && <Icon name="check" />}
                  {state === 'refused' && <Icon name="close" />}
                  {texts.steps[index]}
                </span>
                <small>{words}</small>
              </button>
            </li>
          );
        })}
      </ol>
      <div className={styles.noted}>
        {noted.map(each => (
          <label key={each}>
            <input
              type="checkbox"
              checked={meeting[each] === true}
              disabled={!may || action.busy}
              onChange={change =>
                void action.run(() => changeMeeting(meeting.id, { [each]: change.target.checked }))
              }
            />
            {texts[each]}
          </label>
        ))}
      </div>
      <Problem>{action.problem}</Problem>
      {asking !== null && <StepDialog meetingId={meeting.id} step={asking} onClose={() => setAsking(null)} />}
    </>
  );
}

type Said = 'done' | StepRefusal;

function StepDialog({ meetingId, step, onClose }: { meetingId: string; step: number; onClose: () => void }) {
  const t = useT();
  const texts = useTexts(meetingTexts);
  const [said, setSaid] = useState<Said>('done');
  const [note, setNote] = useState('');
  const action = useAction();
  const words = { ...(note.trim() !== '' && { note: note.trim() }) };
  const body = said === 'done' ? { done: true, ...words } : { done: false, refusal: said, ...words };
  async function submit(): Promise<void> {
    if (await action.run(() => recordStep(meetingId, step, body))) onClose();
  }
  return (
    <Dialog
      title={`${step} ${texts.steps[step - 1]}`}
      hint={texts.stepHints[step - 1]!}
      isOpen
      onClose={onClose}
    >
      <DialogForm onSubmit={submit}>
        <ChoiceField<Said>
          label={texts.title}
          value={said}
          onChange={setSaid}
          choices={[
            { value: 'done', label: texts.done },
            ...stepRefusals.map(value => ({ value, label: `${texts.notDone}：${texts.refusals[value]}` })),
          ]}
        />
        <Field label={texts.note} value={note} onChange={setNote} multiline unmarked maxLength={1000} />
        <Problem>{action.problem}</Problem>
        <DialogActions>
          <Button onPress={onClose}>{t.cancel}</Button>
          <Button variant="primary" type="submit" isDisabled={action.busy}>
            {texts.save}
          </Button>
        </DialogActions>
      </DialogForm>
    </Dialog>
  );
}
