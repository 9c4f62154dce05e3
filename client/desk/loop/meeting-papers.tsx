import { lazy, Suspense, useState } from 'react';
import type { ScamType } from '#contract/alert.ts';
import { keepDocument, type MeetingView, saveDocument } from '../../api/meetings.ts';
import { mayHoldMeetings, mayReadDocuments } from '../../app/rights.ts';
import { useSignedIn } from '../../app/session.ts';
import { meetingTexts } from '../../i18n/sections/meeting.ts';
import { useFormats, useT, useTexts } from '../../i18n/use-t.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions, DialogForm } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Problem } from '../../ui/section.tsx';
import { type Action, useAction } from '../use-action.ts';
import styles from './meeting.module.css';

const PledgeDialog = lazy(() =>
  import('./meeting-pledge-dialog.tsx').then(module => ({ default: module.PledgeDialog })),
);

interface PapersProps {
  meeting: MeetingView;
  scamType: ScamType;
  onChange: () => void;
}

/** What was signed and taken at a meeting; opening any of it is audited. */
export function MeetingPapers({ meeting: { id, documents }, scamType, onChange }: PapersProps) {
  const texts = useTexts(meetingTexts);
  const formats = useFormats();
  const { role } = useSignedIn();
  const [adding, setAdding] = useState<'pledge' | 'recording' | null>(null);
  const action = useAction();
  const done = () => {
    setAdding(null);
    onChange();
  };
  return (
    <div className={styles.row}>
      {documents.map(({ id: documentId, kind, addedAt }) => (
        <button
          key={documentId}
          type="button"
          className={styles.paper}
          title={texts.readHint}
          disabled={!mayReadDocuments(role) || action.busy}
          onClick={() => void action.run(() => saveDocument(documentId))}
        >
          {texts.documentKinds[kind]} {formats.timeShort(Date.parse(addedAt))}
        </button>
      ))}
      {mayHoldMeetings(role) && (
        <>
          <Button size="s" variant="quiet" onPress={() => setAdding('pledge')}>
            {texts.signPledge}
          </Button>
          <Button size="s" variant="quiet" onPress={() => setAdding('recording')}>
            {texts.addRecording}
          </Button>
        </>
      )}
      <Problem>{action.problem}</Problem>
      {adding === 'pledge' && (
        <Suspense>
          <PledgeDialog
            scamType={scamType}
            onSigned={async document => {
              await keepDocument(id, 'pledge', document);
              onChange();
            }}
            onClose={() => setAdding(null)}
          />
        </Suspense>
      )}
      {adding === 'recording' && <RecordingDialog meetingId={id} action={action} onDone={done} />}
    </div>
  );
}

function RecordingDialog({
  meetingId,
  action,
  onDone,
}: {
  meetingId: string;
  action: Action;
  onDone: () => void;
}) {
  const t = useT();
  const texts = useTexts(meetingTexts);
  const [reference, setReference] = useState('');
  async function submit(): Promise<void> {
    const text = new Blob([reference.trim()]);
    if (await action.run(() => keepDocument(meetingId, 'recording', text))) onDone();
  }
  return (
    <Dialog title={texts.addRecording} hint={texts.recordingHint} isOpen onClose={onDone}>
      <DialogForm onSubmit={submit}>
        <Field
          label={texts.documentKinds.recording}
          value={reference}
          onChange={setReference}
          isRequired
          autoFocus
          maxLength={300}
        />
        <Problem>{action.problem}</Problem>
        <DialogActions>
          <Button onPress={onDone}>{t.cancel}</Button>
          <Button variant="primary" type="submit" isDisabled={reference.trim() === '' || action.busy}>
            {texts.save}
          </Button>
        </DialogActions>
      </DialogForm>
    </Dialog>
  );
}
