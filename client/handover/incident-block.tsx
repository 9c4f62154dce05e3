import type { Matter } from '#contract/handover.ts';
import type { WorldIncident } from '#domain/world.ts';
import { fetchNotes } from '../api/notes.ts';
import { mayWriteNotes } from '../app/rights.ts';
import { Link } from '../app/link.tsx';
import { deskPath } from '../app/router.ts';
import { useSignedIn } from '../app/session.ts';
import { useStationName } from '../desk/station-name.ts';
import { useQuery } from '../desk/use-query.ts';
import { handoverTexts } from '../i18n/sections/handover.ts';
import { useFormats, useT, useTexts } from '../i18n/use-t.ts';
import { RiskMark } from '../ui/icons/risk-mark.tsx';
import styles from './handover.module.css';
import { useMatterWords } from './use-matter-words.ts';

interface BlockProps {
  incidentId: string;
  /** Undefined: closed and gone since. */
  incident: WorldIncident | undefined;
  matters: readonly Matter[];
  /** What counts as overdue, ms: now, or when it was signed. */
  nowMs: number;
}

/** One incident with what was promised about it, and the notes for who takes over. */
export function IncidentBlock({ incidentId, incident, matters, nowMs }: BlockProps) {
  const texts = useTexts(handoverTexts);
  return (
    <section className={styles.block}>
      {incident ? <Head incident={incident} /> : <h3>{`${incidentId} · ${texts.gone}`}</h3>}
      {matters.length === 0 ? (
        <p className={styles.muted}>{texts.nothingPromised}</p>
      ) : (
        <table className={styles.matters}>
          <thead>
            <tr>
              <th>{texts.columns.what}</th>
              <th>{texts.columns.by}</th>
              <th>{texts.columns.since}</th>
              <th>{texts.columns.due}</th>
            </tr>
          </thead>
          <tbody>
            {matters.map(matter => (
              <MatterRow key={`${matter.kind} ${matter.refId}`} matter={matter} nowMs={nowMs} />
            ))}
          </tbody>
        </table>
      )}
      {incident && (incident.notes?.length ?? 0) > 0 && <NoteLines incident={incident} />}
    </section>
  );
}

function Head({ incident }: { incident: WorldIncident }) {
  const t = useT();
  const texts = useTexts(handoverTexts);
  const formats = useFormats();
  const station = useStationName(incident.stationId);
  const { id, number, risk, scamType, subject, openedAt } = incident;
  return (
    <header className={styles.head}>
      <RiskMark risk={risk} number={number} size="2em" label={t.queue.label(number, t.risk[risk])} />
      <h3>
        <Link to={deskPath(id)}>
          {t.queue.number(number)} {subject?.nameMasked ?? t.queue.noSubject}
        </Link>
      </h3>
      <span>
        {t.risk[risk]} · {t.scam[scamType]}
      </span>
      <span>{station ?? t.queue.noStation}</span>
      <time>{texts.openedAt(formats.stamp(Date.parse(openedAt)))}</time>
    </header>
  );
}

function MatterRow({ matter, nowMs }: { matter: Matter; nowMs: number }) {
  const texts = useTexts(handoverTexts);
  const formats = useFormats();
  const words = useMatterWords();
  const { since, dueAt } = matter;
  const leftS = dueAt === null ? null : (Date.parse(dueAt) - nowMs) / 1000;
  const age = leftS === null ? '' : formats.age(Math.abs(leftS));
  return (
    <tr data-overdue={(leftS !== null && leftS < 0) || undefined}>
      <td>{words.what(matter)}</td>
      <td data-nobody={matter.by === null || undefined}>{words.by(matter)}</td>
      <td>{since === null ? texts.noDue : formats.stampShort(Date.parse(since))}</td>
      <td>
        {dueAt === null || leftS === null ? (
          texts.noDue
        ) : (
          <>
            {formats.stampShort(Date.parse(dueAt))} <b>{leftS < 0 ? texts.over(age) : texts.left(age)}</b>
          </>
        )}
      </td>
    </tr>
  );
}

function NoteLines({ incident }: { incident: WorldIncident }) {
  const texts = useTexts(handoverTexts);
  const formats = useFormats();
  const { role } = useSignedIn();
  const key = mayWriteNotes(role) ? `${incident.id} ${incident.notes?.length}` : null;
  const notes = useQuery(key, signal => fetchNotes(incident.id, signal));
  if (!notes.data) return null;
  return (
    <ul className={styles.notes} aria-label={texts.notes}>
      {notes.data.map(({ id, text, displayName, writtenAt }) => (
        <li key={id}>
          <small>
            {displayName} {formats.stampShort(Date.parse(writtenAt))}
          </small>{' '}
          {text}
        </li>
      ))}
    </ul>
  );
}
