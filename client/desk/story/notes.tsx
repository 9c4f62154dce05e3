import { useRef, useState } from 'react';
import type { WorldIncident } from '#domain/world.ts';
import { errorText } from '../../api/error-text.ts';
import { fetchNotes, writeNote } from '../../api/notes.ts';
import { mayWriteNotes } from '../../app/rights.ts';
import { useSignedIn } from '../../app/session.ts';
import { deskTexts } from '../../i18n/sections/desk.ts';
import { useFormats, useT, useTexts } from '../../i18n/use-t.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Problem, Section } from '../../ui/section.tsx';
import { sayDone } from '../desk-store.ts';
import { keyText } from '../key-text.ts';
import { useAction } from '../use-action.ts';
import { useQuery } from '../use-query.ts';
import styles from './story.module.css';

/** Words for who takes over. They are read by asking for them; the live world only knows that they are there. */
export function Notes({ incident }: { incident: WorldIncident }) {
  const t = useT();
  const texts = useTexts(deskTexts).notes;
  const formats = useFormats();
  const { role } = useSignedIn();
  const may = mayWriteNotes(role);
  const count = incident.notes?.length ?? 0;
  const key = may && count > 0 ? `${incident.id} ${count}` : null;
  const notes = useQuery(key, signal => fetchNotes(incident.id, signal));
  if (!may) return null;
  return (
    <Section title={texts.title} icon="edit" action={count > 0 && <small>{count}</small>}>
      <Write incidentId={incident.id} />
      {count === 0 && <p className={styles.muted}>{texts.empty}</p>}
      {key !== null && !notes.data && notes.error === undefined && (
        <p className={styles.muted}>{t.loading}</p>
      )}
      {notes.error !== undefined && <Problem>{errorText(notes.error, t)}</Problem>}
      {notes.data?.map(({ id, text, displayName, writtenAt }) => (
        <article key={id} className={styles.note}>
          <header>
            <strong>{displayName}</strong>
            <time>{formats.stamp(Date.parse(writtenAt))}</time>
          </header>
          <p>{text ?? <em>{texts.erased}</em>}</p>
        </article>
      ))}
    </Section>
  );
}

/** Ctrl+Enter saves, so that hands stay on the keys. */
function Write({ incidentId }: { incidentId: string }) {
  const texts = useTexts(deskTexts).notes;
  const [text, setText] = useState('');
  const action = useAction();
  const box = useRef<HTMLFormElement>(null);
  async function save(): Promise<void> {
    if (text.trim() === '' || !(await action.run(() => writeNote(incidentId, text)))) return;
    setText('');
    sayDone(texts.done);
    box.current?.querySelector('textarea')?.blur();
  }
  return (
    <form
      ref={box}
      className={styles.write}
      data-key="e"
      onSubmit={form => {
        form.preventDefault();
        void save();
      }}
      onKeyDown={pressed => {
        if (pressed.key === 'Enter' && (pressed.ctrlKey || pressed.metaKey)) void save();
      }}
    >
      <Field
        label={texts.field}
        placeholder={texts.placeholder}
        value={text}
        onChange={setText}
        multiline
        maxLength={2000}
      />
      <footer>
        <small className={styles.muted}>{texts.hint}</small>
        <Button size="s" type="submit" isDisabled={action.busy || text.trim() === ''}>
          {texts.write} <kbd>{keyText('Ctrl+Enter')}</kbd>
        </Button>
      </footer>
      <Problem>{action.problem}</Problem>
    </form>
  );
}
