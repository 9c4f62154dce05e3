import { useState } from 'react';
import { fetchBookmarks, markMoment, removeBookmark } from '../api/replay.ts';
import { useSignedIn } from '../app/session.ts';
import { useNow } from '../clock/use-now.ts';
import { useAction } from '../desk/use-action.ts';
import { useQuery } from '../desk/use-query.ts';
import { replayTexts } from '../i18n/sections/replay.ts';
import { useFormats, useTexts } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { DialogForm } from '../ui/dialog.tsx';
import { Field } from '../ui/field.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { Problem, Section } from '../ui/section.tsx';
import styles from './bookmarks.module.css';
import { presentMoment, seek } from './player.ts';

/** Moments that somebody wants to find again; a press goes there. */
export function Bookmarks({ incidentId }: { incidentId: string }) {
  const texts = useTexts(replayTexts);
  const formats = useFormats();
  const { userId } = useSignedIn();
  const now = useNow();
  const marks = useQuery(`bookmarks ${incidentId}`, signal => fetchBookmarks(incidentId, signal));
  const action = useAction();
  const [text, setText] = useState('');
  const change = async (work: () => Promise<unknown>) => {
    const done = await action.run(work);
    if (done) marks.reload();
    return done;
  };
  const mark = async () => {
    const body = { at: new Date(presentMoment()).toISOString(), text: text.trim() };
    if (body.text !== '' && (await change(() => markMoment(incidentId, body)))) setText('');
  };
  return (
    <Section title={texts.marks} icon="pin">
      {marks.data?.length === 0 && <p className={styles.muted}>{texts.noMarks}</p>}
      <ul className={styles.marks}>
        {(marks.data ?? []).map(({ id, at, text: words, madeBy, displayName }) => {
          const time = formats.time(Date.parse(at));
          return (
            <li key={id}>
              <Button size="s" onPress={() => seek(Date.parse(at))}>
                {time}
              </Button>
              <span>
                {words ?? texts.erased} <small>{displayName}</small>
              </span>
              {madeBy === userId && (
                <IconButton
                  icon="close"
                  label={texts.unmark(time)}
                  onPress={() => void change(() => removeBookmark(id))}
                />
              )}
            </li>
          );
        })}
      </ul>
      <DialogForm onSubmit={mark}>
        <Field label={texts.markWords} value={text} onChange={setText} maxLength={500} isRequired />
        <Button type="submit" icon="plus" isDisabled={text.trim() === '' || action.busy}>
          {texts.mark(formats.time(now))}
        </Button>
      </DialogForm>
      <Problem>{action.problem}</Problem>
    </Section>
  );
}
