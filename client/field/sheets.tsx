import { useState } from 'react';
import { lineKinds } from '#contract/kinds.ts';
import type { SearchMethod } from '#contract/sighting.ts';
import type { TaskOutcome } from '#domain/task.ts';
import type { TaskView } from '../api/tasks.ts';
import { fieldTexts } from '../i18n/sections/field.ts';
import { useT, useTexts } from '../i18n/use-t.ts';
import { Dialog } from '../ui/dialog.tsx';
import type { FieldAnswer } from './answers.ts';
import styles from './field.module.css';
import { HandOff } from './hand-off-sheet.tsx';

/** A question between a button and what it does. */
export interface Asking {
  what: TaskOutcome | 'refuse' | 'help' | 'undo' | 'navigate';
  task: TaskView;
}

interface SheetProps {
  asking: Asking;
  place: string;
  onSay: (answer: FieldAnswer) => void;
  onClose: () => void;
}

/** Asks what an answer needs; a glove that slipped closes it again. */
export function AnswerSheet({ asking: { what, task }, place, onSay, onClose }: SheetProps) {
  const texts = useTexts(fieldTexts);
  switch (what) {
    case 'navigate':
      return (
        <Dialog title={texts.navigateTo} hint={texts.navigateHint} isOpen onClose={onClose}>
          <HandOff task={task} />
        </Dialog>
      );
    case 'help':
      return (
        <Dialog title={texts.helpTitle} hint={texts.helpHint} isOpen onClose={onClose} role="alertdialog">
          <Confirm look="help" onPress={() => onSay({ say: 'help' })} onCancel={onClose}>
            {texts.helpConfirm}
          </Confirm>
        </Dialog>
      );
    case 'refuse':
      return (
        <Dialog title={texts.askRefuse} isOpen onClose={onClose}>
          <Reasons
            choices={Object.values(texts.refuseReasons)}
            confirm={texts.refuseConfirm}
            onReason={reason => onSay({ say: 'refuse', reason })}
            onCancel={onClose}
          />
        </Dialog>
      );
    case 'undo':
      return (
        <Dialog title={texts.undoTitle(place)} hint={texts.undoHint} isOpen onClose={onClose}>
          <Reasons
            choices={Object.values(texts.undoReasons)}
            confirm={texts.undoConfirm}
            onReason={reason => onSay({ say: 'undo', reason })}
            onCancel={onClose}
          />
        </Dialog>
      );
    default:
      return <ResultSheet outcome={what} task={task} place={place} onSay={onSay} onClose={onClose} />;
  }
}

type ResultProps = Omit<SheetProps, 'asking'> & { outcome: TaskOutcome; task: TaskView };

function ResultSheet({ outcome, task, place, onSay, onClose }: ResultProps) {
  const t = useT();
  const texts = useTexts(fieldTexts);
  const methods = methodsFor(task);
  const [method, setMethod] = useState<SearchMethod>(methods[0]!);
  const [note, setNote] = useState('');
  const confirm = {
    notHere: texts.confirmNotHere,
    found: texts.confirmFound,
    blocked: texts.confirmBlocked,
  }[outcome];
  const send = () =>
    onSay({ say: 'result', outcome, method, ...(note.trim() !== '' && { note: note.trim() }) });
  return (
    <Dialog title={`${texts[outcome]} · ${place}`} isOpen onClose={onClose}>
      <Tiles
        legend={outcome === 'blocked' ? texts.askBlocked : texts.askMethod}
        choices={methods.map(each => ({ value: each, label: t.sighting.method[each] }))}
        value={method}
        onChange={setMethod}
      />
      <label className={styles.note}>
        {texts.note}
        <textarea rows={2} maxLength={1000} value={note} onChange={change => setNote(change.target.value)} />
      </label>
      <Confirm look={outcome === 'found' ? 'found' : 'go'} onPress={send} onCancel={onClose}>
        {confirm}
      </Confirm>
    </Dialog>
  );
}

/** An own list, so that the contract's schemas stay out of what a phone has to load. */
const atPlaces = [
  'driveBy',
  'walkThrough',
  'clerkAsked',
  'registerChecked',
  'gateAsked',
] as const satisfies SearchMethod[];
const alongRoads = ['driveBy', 'walkThrough'] as const satisfies SearchMethod[];

/** As ordered first; along a road there is nobody to ask. */
function methodsFor({ method, target }: TaskView): SearchMethod[] {
  const isLine = lineKinds.some(kind => kind === target?.kind);
  return [method, ...(isLine ? alongRoads : atPlaces).filter(each => each !== method)];
}

interface ReasonsProps {
  choices: readonly string[];
  confirm: string;
  onReason: (reason: string) => void;
  onCancel: () => void;
}

function Reasons({ choices, confirm, onReason, onCancel }: ReasonsProps) {
  const texts = useTexts(fieldTexts);
  const [choice, setChoice] = useState(choices[0]!);
  const [note, setNote] = useState('');
  return (
    <>
      <Tiles
        legend={null}
        choices={choices.map(value => ({ value, label: value }))}
        value={choice}
        onChange={setChoice}
      />
      <label className={styles.note}>
        {texts.note}
        <textarea rows={2} maxLength={400} value={note} onChange={change => setNote(change.target.value)} />
      </label>
      <Confirm
        look="go"
        onPress={() => onReason(note.trim() === '' ? choice : `${choice}: ${note.trim()}`)}
        onCancel={onCancel}
      >
        {confirm}
      </Confirm>
    </>
  );
}

interface TilesProps<V extends string> {
  legend: string | null;
  choices: readonly { value: V; label: string }[];
  value: V;
  onChange: (value: V) => void;
}

/** A choice among few, each as large as a thumb in a glove. */
function Tiles<V extends string>({ legend, choices, value, onChange }: TilesProps<V>) {
  return (
    <fieldset className={styles.tiles}>
      {legend !== null && <legend>{legend}</legend>}
      {choices.map(choice => (
        <label key={choice.value}>
          <input
            type="radio"
            name="choice"
            checked={choice.value === value}
            onChange={() => onChange(choice.value)}
          />
          {choice.label}
        </label>
      ))}
    </fieldset>
  );
}

interface ConfirmProps {
  look: 'go' | 'found' | 'help';
  onPress: () => void;
  onCancel: () => void;
  children: string;
}

function Confirm({ look, onPress, onCancel, children }: ConfirmProps) {
  const t = useT();
  return (
    <>
      <button type="button" className={styles.big} data-look={look} data-wide onClick={onPress}>
        {children}
      </button>
      <button type="button" className={styles.big} data-look="plain" onClick={onCancel}>
        {t.cancel}
      </button>
    </>
  );
}
