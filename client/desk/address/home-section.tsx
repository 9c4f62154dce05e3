import type { WorldIncident } from '#domain/world.ts';
import { useState } from 'react';
import { setHome } from '../../api/addresses.ts';
import { mayHandOver, maySetHome } from '../../app/rights.ts';
import { useSignedIn } from '../../app/session.ts';
import { addressTexts } from '../../i18n/sections/address.ts';
import { useFormats, useT, useTexts } from '../../i18n/use-t.ts';
import { Button } from '../../ui/button.tsx';
import { Problem, Section } from '../../ui/section.tsx';
import { pickOnMap, sayDone, useDesk } from '../desk-store.ts';
import { useMapView } from '../map-view-context.ts';
import { lngLat } from '../scene.ts';
import { useAction } from '../use-action.ts';
import styles from './address.module.css';
import { CandidateList } from './candidate-list.tsx';
import { ElsewhereNote } from './elsewhere-note.tsx';
import { HandedOver } from './handed-over.tsx';
import { HandOverDialog } from './hand-over-dialog.tsx';
import { useCandidates } from './use-candidates.ts';

/** Where she lives and how that is known; what to do when it is not. */
export function HomeSection({ incident }: { incident: WorldIncident }) {
  const t = useT();
  const words = useTexts(addressTexts);
  const formats = useFormats();
  const { role } = useSignedIn();
  const [changing, setChanging] = useState(false);
  const [handing, setHanding] = useState(false);
  const { subject, state, handedOverAt } = incident;
  if (!subject) return null;
  const { home, homeBasis, homeRadiusM, homeConfidence, elsewhere } = subject;
  const may = state === 'open' && maySetHome(role);
  const mayHand = state === 'open' && mayHandOver(role) && handedOverAt === undefined;
  const handButton = (
    <Button size="s" icon="arrowRight" onPress={() => setHanding(true)}>
      {elsewhere === undefined ? words.livesElsewhere : words.handOver}
    </Button>
  );
  return (
    <Section
      title={words.home}
      icon="place-residence"
      action={
        home && may ? (
          <Button size="s" onPress={() => setChanging(!changing)}>
            {changing ? t.cancel : words.change}
          </Button>
        ) : null
      }
    >
      <div className={styles.below}>
        {handedOverAt !== undefined && <HandedOver incident={incident} />}
        {elsewhere !== undefined && handedOverAt === undefined && (
          <ElsewhereNote name={elsewhere}>{mayHand && handButton}</ElsewhereNote>
        )}
        {home && (
          <p className={styles.hint}>
            {[
              homeBasis && words.basis[homeBasis],
              homeRadiusM === undefined ? null : words.within(formats.distance(homeRadiusM)),
              homeConfidence === undefined ? null : words.sure(formats.percent(homeConfidence)),
            ]
              .filter(Boolean)
              .join(' · ')}
          </p>
        )}
        {!home && elsewhere === undefined && (
          <div className={styles.row}>
            <strong>{subject.address === undefined ? words.unknown : words.unresolved}</strong>
          </div>
        )}
        {may && (changing || (!home && elsewhere === undefined)) && (
          <Choose incident={incident} onDone={() => setChanging(false)} />
        )}
        {mayHand && elsewhere === undefined && (changing || !home) && handButton}
      </div>
      {handing && <HandOverDialog incident={incident} onClose={() => setHanding(false)} />}
    </Section>
  );
}

/** The readings of the address, or a pin. */
function Choose({ incident, onDone }: { incident: WorldIncident; onDone: () => void }) {
  const words = useTexts(addressTexts);
  const map = useMapView();
  const action = useAction();
  const picking = useDesk(desk => desk.mode.kind === 'pick');
  const { address } = incident.subject ?? {};
  const { data } = useCandidates(address ?? null);
  async function send(body: Parameters<typeof setHome>[1]): Promise<void> {
    if (!(await action.run(() => setHome(incident.id, body)))) return;
    sayDone(words.set);
    onDone();
  }
  return (
    <>
      {data && data.items.length > 0 && (
        <>
          <p className={styles.hint}>{words.unresolvedHint}</p>
          <CandidateList
            items={data.items}
            picked={null}
            isDisabled={action.busy}
            onPick={({ position, radiusM, confidence }) =>
              void send({ candidate: { position, radiusM, confidence } })
            }
            onShow={({ position }) => map.flyTo(lngLat(position))}
          />
        </>
      )}
      {data && data.items.length === 0 && address !== undefined && (
        <p className={styles.hint}>{words.nothing}</p>
      )}
      <Button
        size="s"
        icon="pin"
        isDisabled={action.busy}
        {...(picking && { variant: 'primary' as const })}
        onPress={() => pickOnMap(({ position: [lng, lat] }) => void send({ position: { lng, lat } }))}
      >
        {words.pin}
      </Button>
      <Problem>{action.problem}</Problem>
    </>
  );
}
