import { lazy, Suspense, useEffect, useState } from 'react';
import { meetingSteps, type StepRefusal, stepRefusals } from '#contract/kinds.ts';
import { proposedRevisits } from '#domain/loop/meeting.ts';
import { serverNow } from '../clock/use-now.ts';
import { meetingTexts } from '../i18n/sections/meeting.ts';
import { useFormats, useT, useTexts } from '../i18n/use-t.ts';
import { useLive } from '../store/live.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Icon } from '../ui/icons/icon.tsx';
import { Problem } from '../ui/section.tsx';
import styles from './field.module.css';
import { fileText, photoText } from './file-text.ts';
import { CardSheet } from './meeting-card.tsx';
import type { OwnMeeting } from './meeting-deeds.ts';
import own from './meeting-flow.module.css';
import { MeetingStart } from './meeting-start.tsx';
import { MeetingStrip } from './meeting-strip.tsx';
import { type FieldMeeting, useMeeting } from './use-meeting.ts';

const loadPledge = () => import('../desk/loop/meeting-pledge-dialog.tsx');
const PledgeDialog = lazy(async () => ({ default: (await loadPledge()).PledgeDialog }));

interface MeetingFlowProps {
  userId: string;
  unitId: string;
  incidentId: string;
  /** Where she was found, in words. */
  place: string;
}

/** What to do now that she was found: who is here, then the five steps, a tap for each. */
export function MeetingFlow({ userId, unitId, incidentId, place }: MeetingFlowProps) {
  const texts = useTexts(meetingTexts);
  const meeting = useMeeting(userId, incidentId);
  const [showsCard, setShowsCard] = useState(false);
  // The door may be where the network is not: what is needed there is fetched while there is one.
  useEffect(() => void loadPledge().catch(() => undefined), []);
  const begun = meeting.meeting;
  return (
    <section className={styles.meeting} aria-label={texts.title}>
      <header className={own.head}>
        <h2>{texts.title}</h2>
        {begun && (
          <strong>{texts.progress(Object.values(begun.steps).filter(({ done }) => done).length)}</strong>
        )}
      </header>
      <MeetingStrip meeting={meeting} />
      <button type="button" className={styles.big} data-look="plain" onClick={() => setShowsCard(true)}>
        <Icon name="shield" size="1.3em" />
        {texts.card}
      </button>
      {begun ? (
        <Steps incidentId={incidentId} meeting={meeting} begun={begun} />
      ) : (
        <MeetingStart unitId={unitId} place={place} onStart={body => meeting.say({ say: 'hold', body })} />
      )}
      {showsCard && (
        <CardSheet
          incidentId={incidentId}
          officerIds={begun?.officerIds ?? null}
          unitId={unitId}
          onClose={() => setShowsCard(false)}
        />
      )}
    </section>
  );
}

interface StepsProps {
  incidentId: string;
  meeting: FieldMeeting;
  begun: OwnMeeting;
}

function Steps({ incidentId, meeting: { say }, begun }: StepsProps) {
  const texts = useTexts(meetingTexts);
  const [asking, setAsking] = useState<number | null>(null);
  const at = () => new Date(serverNow()).toISOString();
  return (
    <>
      <ol className={own.steps}>
        {meetingSteps.map((name, index) => (
          <Step
            key={name}
            number={index + 1}
            said={begun.steps[index + 1]}
            onDone={() => say({ say: 'step', step: index + 1, body: { done: true, at: at() } })}
            onRefused={() => setAsking(index + 1)}
          />
        ))}
      </ol>
      <Noted meeting={begun} onSay={noted => say({ say: 'change', body: noted })} />
      <Papers incidentId={incidentId} begun={begun} say={say} />
      <Revisits begun={begun} onPlan={dueAt => say({ say: 'revisit', dueAt })} />
      {asking !== null && (
        <RefusalSheet
          title={texts.steps[asking - 1]!}
          onSave={(refusal, note) => {
            say({
              say: 'step',
              step: asking,
              body: { done: false, refusal, at: at(), ...(note !== '' && { note }) },
            });
            setAsking(null);
          }}
          onClose={() => setAsking(null)}
        />
      )}
    </>
  );
}

interface StepProps {
  number: number;
  said: OwnMeeting['steps'][number] | undefined;
  onDone: () => void;
  onRefused: () => void;
}

function Step({ number, said, onDone, onRefused }: StepProps) {
  const texts = useTexts(meetingTexts);
  const state = said === undefined ? 'open' : said.done ? 'done' : 'refused';
  return (
    <li className={own.step} data-state={state}>
      <span>
        <strong>
          {number} {texts.steps[number - 1]}
        </strong>
        <small>{said?.refusal ? texts.refusals[said.refusal] : texts.stepHints[number - 1]}</small>
      </span>
      <span className={own.pair}>
        <button type="button" aria-pressed={state === 'done'} onClick={onDone}>
          <Icon name="check" size="1.5em" />
          {texts.done}
        </button>
        <button type="button" aria-pressed={state === 'refused'} onClick={onRefused}>
          <Icon name="close" size="1.5em" />
          {texts.notDone}
        </button>
      </span>
    </li>
  );
}

function RefusalSheet({
  title,
  onSave,
  onClose,
}: {
  title: string;
  onSave: (refusal: StepRefusal, note: string) => void;
  onClose: () => void;
}) {
  const t = useT();
  const texts = useTexts(meetingTexts);
  const [note, setNote] = useState('');
  return (
    <Dialog title={`${title} · ${texts.whyNot}`} isOpen onClose={onClose}>
      <label className={styles.note}>
        {texts.note}
        <textarea rows={2} maxLength={1000} value={note} onChange={change => setNote(change.target.value)} />
      </label>
      {stepRefusals.map(refusal => (
        <button
          key={refusal}
          type="button"
          className={styles.big}
          onClick={() => onSave(refusal, note.trim())}
        >
          {texts.refusals[refusal]}
        </button>
      ))}
      <button type="button" className={styles.big} data-look="plain" onClick={onClose}>
        {t.cancel}
      </button>
    </Dialog>
  );
}

const noted = ['consent', 'appInstalled', 'miniProgram'] as const;

function Noted({ meeting, onSay }: { meeting: OwnMeeting; onSay: (noted: OwnMeeting['noted']) => void }) {
  const texts = useTexts(meetingTexts);
  return (
    <ul className={own.noted}>
      {noted.map(name => (
        <li key={name} className={own.step}>
          <span>{texts[name]}</span>
          <span className={own.pair}>
            <button
              type="button"
              aria-pressed={meeting.noted[name] === true}
              onClick={() => onSay({ [name]: true })}
            >
              {texts.yes}
            </button>
            <button
              type="button"
              aria-pressed={meeting.noted[name] === false}
              onClick={() => onSay({ [name]: false })}
            >
              {texts.no}
            </button>
          </span>
        </li>
      ))}
    </ul>
  );
}

function Papers({
  incidentId,
  begun,
  say,
}: {
  incidentId: string;
  begun: OwnMeeting;
  say: FieldMeeting['say'];
}) {
  const t = useT();
  const texts = useTexts(meetingTexts);
  const scamType = useLive(live => live.world.incidents[incidentId]?.scamType ?? 'other');
  const [signing, setSigning] = useState(false);
  const [tooLarge, setTooLarge] = useState(false);
  const keep = (kind: 'pledge' | 'photo', data: string | null) => {
    setTooLarge(data === null);
    if (data !== null) say({ say: 'document', kind, data });
  };
  const count = (n: number) => (n > 0 ? ` (${n})` : '');
  return (
    <div className={own.papers}>
      <button type="button" className={styles.big} data-look="found" onClick={() => setSigning(true)}>
        <Icon name="edit" size="1.3em" />
        {texts.signPledge}
        {count(begun.documents.pledge)}
      </button>
      <label className={styles.big}>
        <Icon name="eye" size="1.3em" />
        {texts.addPhoto}
        {count(begun.documents.photo)}
        <input
          type="file"
          accept="image/*"
          capture="environment"
          className="visually-hidden"
          onChange={change => {
            const [file] = change.target.files ?? [];
            change.target.value = '';
            if (file) void photoText(file).then(text => keep('photo', text));
          }}
        />
      </label>
      <Problem>{tooLarge ? texts.photoTooLarge : null}</Problem>
      {signing && (
        <Suspense fallback={<p className={styles.hint}>{t.loading}</p>}>
          <PledgeDialog
            scamType={scamType}
            onSigned={async document => keep('pledge', await fileText(document))}
            onClose={() => setSigning(false)}
          />
        </Suspense>
      )}
    </div>
  );
}

function Revisits({ begun, onPlan }: { begun: OwnMeeting; onPlan: (dueAt: string) => void }) {
  const texts = useTexts(meetingTexts);
  const formats = useFormats();
  const proposed = proposedRevisits(Date.parse(begun.at), Object.values(begun.steps));
  const open = proposed
    .map(ms => new Date(ms).toISOString())
    .filter(dueAt => !begun.revisits.includes(dueAt));
  return (
    <div className={own.papers}>
      {begun.revisits.map(dueAt => (
        <p key={dueAt} className={own.planned}>
          <Icon name="check" /> {texts.proposed(formats.day(Date.parse(dueAt)))}
        </p>
      ))}
      {open.map(dueAt => (
        <button key={dueAt} type="button" className={styles.big} onClick={() => onPlan(dueAt)}>
          <Icon name="history" size="1.3em" />
          {texts.planRevisit}：{texts.proposed(formats.day(Date.parse(dueAt)))}
        </button>
      ))}
    </div>
  );
}
