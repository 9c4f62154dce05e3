import type { WorldIncident } from '#domain/world.ts';
import { useState } from 'react';
import { fetchSubject, type SubjectFull } from '../../api/incidents.ts';
import { mayRevealSubject } from '../../app/rights.ts';
import { useSignedIn } from '../../app/session.ts';
import { useFormats, useT } from '../../i18n/use-t.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Fact, Facts as FactList, Problem, Section } from '../../ui/section.tsx';
import { useStationName } from '../station-name.ts';
import { useAction } from '../use-action.ts';
import styles from './incident-panel.module.css';

/** Who, where, how much, since when. The full name and number are shown on demand, which is audited. */
export function Facts({ incident }: { incident: WorldIncident }) {
  const t = useT();
  const formats = useFormats();
  const { role } = useSignedIn();
  const station = useStationName(incident.stationId);
  const [full, setFull] = useState<SubjectFull | null>(null);
  const action = useAction();
  const { subject } = incident;
  const reveal = mayRevealSubject(role) && subject && (
    <IconButton
      icon={full ? 'eyeOff' : 'eye'}
      label={full ? t.close : `${t.incident.reveal}: ${t.incident.revealHint}`}
      isDisabled={action.busy}
      onPress={() =>
        full ? setFull(null) : void action.run(async () => setFull(await fetchSubject(incident.id)))
      }
    />
  );
  return (
    <Section title={t.incident.facts} icon="person" action={reveal}>
      <FactList>
        <Fact name={t.incident.subject}>{full?.name ?? subject?.nameMasked ?? t.queue.noSubject}</Fact>
        {subject && <Fact name={t.incident.phone}>{full?.phone ?? subject.phoneMasked}</Fact>}
        {(full?.address ?? subject?.address) && (
          <Fact name={t.incident.address}>{full?.address ?? subject?.address}</Fact>
        )}
        {subject?.vehicle && <Fact name={t.incident.vehicle}>{subject.vehicle}</Fact>}
        {incident.amount !== null && <Fact name={t.incident.amount}>{formats.yuan(incident.amount)}</Fact>}
        <Fact name={t.incident.openedAt}>{formats.stamp(Date.parse(incident.openedAt))}</Fact>
        <Fact name={t.incident.station}>
          {station ?? t.queue.noStation}
          <small className={styles.basis}>{t.incident.basis[incident.stationBasis]}</small>
        </Fact>
      </FactList>
      <Problem>{action.problem}</Problem>
    </Section>
  );
}
