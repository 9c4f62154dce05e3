import { errorText } from '../api/error-text.ts';
import { endRevisit, fetchRevisits, type RevisitItem } from '../api/meetings.ts';
import { mayHoldMeetings } from '../app/rights.ts';
import { useSignedIn } from '../app/session.ts';
import { useNow } from '../clock/use-now.ts';
import { useAction } from '../desk/use-action.ts';
import { useQuery } from '../desk/use-query.ts';
import { meetingTexts } from '../i18n/sections/meeting.ts';
import { useFormats, useT, useTexts } from '../i18n/use-t.ts';
import { useLive } from '../store/live.ts';
import { Button } from '../ui/button.tsx';
import { Problem } from '../ui/section.tsx';
import styles from './station.module.css';

const shanghaiMs = 8 * 3_600_000;

/** Whom the station is to come back to today, and whom it should have: the first due one first. */
export function RevisitsDue({ stationId, dayMs }: { stationId: string; dayMs: number }) {
  const t = useT();
  const texts = useTexts(meetingTexts);
  const due = new Date(dayMs + shanghaiMs).toISOString().slice(0, 10);
  const version = useLive(live => revisitsVersion(live.world.incidents));
  const query = useQuery(`${stationId} ${due} ${version}`, signal =>
    fetchRevisits({ due, stationId }, signal),
  );
  return (
    <section className={styles.revisits} aria-label={texts.revisitsDue}>
      <header className={styles.head}>
        <h2>
          {texts.revisitsDue} <b>{query.data?.length ?? ''}</b>
        </h2>
      </header>
      {query.data?.length === 0 && <p className={styles.none}>{texts.noRevisits}</p>}
      <ul>
        {(query.data ?? []).map(revisit => (
          <Revisit key={revisit.id} revisit={revisit} onEnded={query.reload} />
        ))}
      </ul>
      {query.error !== undefined && <Problem>{errorText(query.error, t)}</Problem>}
    </section>
  );
}

function Revisit({ revisit, onEnded }: { revisit: RevisitItem; onEnded: () => void }) {
  const t = useT();
  const texts = useTexts(meetingTexts);
  const formats = useFormats();
  const { role } = useSignedIn();
  const now = useNow();
  const action = useAction();
  const { id, incidentNumber, nameMasked, risk, scamType, dueAt } = revisit;
  const end = async () => {
    if (await action.run(() => endRevisit(id, 'done'))) onEnded();
  };
  return (
    <li>
      <span>
        <b>{nameMasked ?? t.queue.noSubject}</b> · {t.queue.number(incidentNumber)}
      </span>
      <small>
        {t.risk[risk]} · {t.scam[scamType]}
      </small>
      <time dateTime={dueAt} data-late={Date.parse(dueAt) < now || undefined}>
        {formats.day(Date.parse(dueAt))}
      </time>
      {mayHoldMeetings(role) && (
        <footer>
          <Button size="s" isDisabled={action.busy} onPress={() => void end()}>
            {texts.revisitDone}
          </Button>
          <Problem>{action.problem}</Problem>
        </footer>
      )}
    </li>
  );
}

/** Changes whenever a revisit of an incident on the screen does. */
const revisitsVersion = (incidents: Readonly<Record<string, { loop: { revisits: object } }>>): string =>
  Object.values(incidents)
    .flatMap(({ loop }) => Object.values(loop.revisits) as { id: string; state: string }[])
    .map(({ id, state }) => `${id}${state}`)
    .sort()
    .join(' ');
