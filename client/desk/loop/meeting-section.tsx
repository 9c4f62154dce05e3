import { lazy, Suspense, useState } from 'react';
import type { WorldIncident } from '#domain/world.ts';
import { errorText } from '../../api/error-text.ts';
import { fetchMeetings, type MeetingView } from '../../api/meetings.ts';
import { mayHoldMeetings } from '../../app/rights.ts';
import { useSignedIn } from '../../app/session.ts';
import { meetingTexts } from '../../i18n/sections/meeting.ts';
import { useFormats, useT, useTexts } from '../../i18n/use-t.ts';
import { Button } from '../../ui/button.tsx';
import { Problem, Section } from '../../ui/section.tsx';
import { useQuery } from '../use-query.ts';
import { MeetingPapers } from './meeting-papers.tsx';
import { MeetingRevisits } from './meeting-revisits.tsx';
import { MeetingSteps } from './meeting-steps.tsx';
import styles from './meeting.module.css';

const HoldDialog = lazy(() =>
  import('./meeting-dialog.tsx').then(module => ({ default: module.HoldDialog })),
);

/** Who stood before her, which of the five steps were done, what was signed, and when somebody comes back. */
export function Meetings({ incident }: { incident: WorldIncident }) {
  const t = useT();
  const texts = useTexts(meetingTexts);
  const { role } = useSignedIn();
  const [holding, setHolding] = useState(false);
  const query = useQuery(versionOf(incident), signal => fetchMeetings(incident.id, signal));
  const isOpen = incident.state === 'open';
  return (
    <Section
      title={texts.title}
      icon="person"
      action={
        isOpen &&
        mayHoldMeetings(role) && (
          <Button size="s" onPress={() => setHolding(true)}>
            {texts.hold}
          </Button>
        )
      }
    >
      {query.data?.length === 0 && <p className={styles.hint}>{texts.none}</p>}
      {query.data?.map(meeting => (
        <Meeting key={meeting.id} meeting={meeting} incident={incident} onChange={query.reload} />
      ))}
      {query.error !== undefined && <Problem>{errorText(query.error, t)}</Problem>}
      {holding && (
        <Suspense>
          <HoldDialog incidentId={incident.id} onClose={() => setHolding(false)} />
        </Suspense>
      )}
    </Section>
  );
}

interface MeetingProps {
  meeting: MeetingView;
  incident: WorldIncident;
  onChange: () => void;
}

function Meeting({ meeting, incident, onChange }: MeetingProps) {
  const texts = useTexts(meetingTexts);
  const formats = useFormats();
  const { at, place, officers } = meeting;
  const where =
    place.name ?? place.text ?? (place.position && `${place.position.lng}, ${place.position.lat}`);
  return (
    <article className={styles.meeting}>
      <p className={styles.head}>
        <strong>{texts.met(formats.timeShort(Date.parse(at)))}</strong>
        <span>{where}</span>
      </p>
      <p className={styles.hint}>
        {officers
          .map(({ id, name, sworn }) => `${name ?? id} (${sworn ? texts.sworn : texts.auxiliary})`)
          .join('、')}
      </p>
      <MeetingSteps meeting={meeting} />
      <MeetingPapers meeting={meeting} scamType={incident.scamType} onChange={onChange} />
      <MeetingRevisits meeting={meeting} />
    </article>
  );
}

/** Changes with everything about the incident's meetings that the live world tells. */
function versionOf({ id, loop: { meetings, documents, revisits } }: WorldIncident): string {
  const held = Object.values(meetings).map(({ id: meetingId, steps, noted }) => [meetingId, steps, noted]);
  const planned = Object.values(revisits).map(({ id: revisitId, state }) => [revisitId, state]);
  return `${id} ${JSON.stringify([held, Object.keys(documents), planned])}`;
}
