import type { SightingView } from '#contract/sighting.ts';
import type { WorldIncident } from '#domain/world.ts';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { openLook } from '../../api/incidents.ts';
import { mayBreakGlass, mayLookAtTraces, mayPinToWall, mayRecordSightings } from '../../app/rights.ts';
import { useSignedIn } from '../../app/session.ts';
import { useNow } from '../../clock/use-now.ts';
import { accessTexts } from '../../i18n/sections/access.ts';
import { useT, useTexts } from '../../i18n/use-t.ts';
import { shareTrace, useLive } from '../../store/live.ts';
import { mayBeTraced, sightingsInOrder } from '../../store/selectors.ts';
import { hasTrace } from '../../store/trace.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions, DialogForm } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Icon } from '../../ui/icons/icon.tsx';
import { Problem, Section } from '../../ui/section.tsx';
import { PinToWall } from '../glass/pin-to-wall.tsx';
import { useMapView } from '../map-view-context.ts';
import { useReference } from '../reference.ts';
import { incidentExtent } from '../scene.ts';
import { useAction } from '../use-action.ts';
import styles from './incident-panel.module.css';
import { Timeline } from './timeline.tsx';

const GlassDialog = lazy(() => import('../glass/glass-dialog.tsx'));

/** The contract asks for as many characters. */
const shortestReason = 8;

/** Sightings: that there are some is known to all on the incident, what they say only inside an open look. */
export function Trace({
  incident,
  onRecord,
}: {
  incident: WorldIncident;
  onRecord: (corrects?: SightingView) => void;
}) {
  const t = useT();
  const { role } = useSignedIn();
  const [asking, setAsking] = useState(false);
  const reason = useLive(live => live.traceReasons[incident.id]);
  const open = reason !== undefined || hasTrace(incident);
  const justRevoked = useEnded(open);
  useFitWhenSeen(incident);
  const sightings = sightingsInOrder(incident);
  return (
    <Section
      title={t.trace.title}
      icon={open ? 'unlock' : 'lock'}
      action={
        incident.state === 'open' &&
        mayRecordSightings(role) && (
          <Button size="s" icon="plus" onPress={() => onRecord()}>
            {t.trace.record}
          </Button>
        )
      }
    >
      {justRevoked && (
        <p className={styles.warn} role="alert">
          <Icon name="lock" size="1.1em" /> {t.trace.revoked}
        </p>
      )}
      {open ? (
        <>
          {mayPinToWall(role) && <PinToWall incident={incident} reason={reason} />}
          <Timeline incident={incident} onCorrect={onRecord} />
        </>
      ) : (
        <>
          <p className={styles.muted}>{t.trace.locked(sightings.length)}</p>
          {incident.state === 'open' && mayLookAtTraces(role) && (
            <OpenButton incident={incident} onPress={() => setAsking(true)} />
          )}
        </>
      )}
      {asking && <ReasonDialog incidentId={incident.id} onClose={() => setAsking(false)} />}
    </Section>
  );
}

function OpenButton({ incident, onPress }: { incident: WorldIncident; onPress: () => void }) {
  const t = useT();
  const texts = useTexts(accessTexts);
  const { userId, role } = useSignedIn();
  const [breaking, setBreaking] = useState(false);
  const allowed = mayBeTraced(incident, userId, useNow());
  const member = incident.members.includes(userId);
  const missing = [!allowed && t.errors.missing.authority, !member && t.errors.missing.membership].filter(
    text => text !== false,
  );
  return (
    <div className={styles.row}>
      <Button variant="primary" icon="key" isDisabled={missing.length > 0} onPress={onPress}>
        {t.trace.open}
      </Button>
      <small className={styles.warn}>{missing.join(t.list)}</small>
      {!allowed && mayBreakGlass(role) && (
        <span className={styles.end}>
          <Button variant="danger" size="s" onPress={() => setBreaking(true)}>
            {texts.breakGlass}
          </Button>
        </span>
      )}
      {breaking && (
        <Suspense>
          <GlassDialog incidentId={incident.id} onClose={() => setBreaking(false)} />
        </Suspense>
      )}
    </div>
  );
}

/** Brings the trace into view when it opens; later the map is left where the operator has put it. */
function useFitWhenSeen(incident: WorldIncident): void {
  const map = useMapView();
  const { stations, places } = useReference(reference => reference);
  const seen = hasTrace(incident);
  const was = useRef(seen);
  useEffect(() => {
    if (seen && !was.current) map.fit(incidentExtent(incident, stations, places));
    was.current = seen;
  }, [seen, incident, map, stations, places]);
}

/** True after the trace went from open to closed, until it is opened again. */
function useEnded(open: boolean): boolean {
  const was = useRef(open);
  const [ended, setEnded] = useState(false);
  useEffect(() => {
    if (was.current !== open) setEnded(was.current && !open);
    was.current = open;
  }, [open]);
  return ended;
}

function ReasonDialog({ incidentId, onClose }: { incidentId: string; onClose: () => void }) {
  const t = useT();
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const action = useAction();
  const short = reason.trim().length < shortestReason;
  async function submit(): Promise<void> {
    setTried(true);
    if (short) return;
    const opened = await action.run(async () => {
      const { sightings } = await openLook(incidentId, reason.trim());
      shareTrace(incidentId, reason.trim(), sightings);
    });
    if (opened) onClose();
  }
  return (
    <Dialog title={t.trace.reasonTitle} hint={t.trace.reasonHint} isOpen onClose={onClose}>
      <DialogForm onSubmit={submit}>
        <Field
          label={t.trace.reasonField}
          value={reason}
          onChange={setReason}
          error={tried && short ? t.trace.tooShort : null}
          isRequired
          multiline
          autoFocus
          maxLength={500}
        />
        <Problem>{action.problem}</Problem>
        <DialogActions>
          <Button onPress={onClose}>{t.cancel}</Button>
          <Button variant="primary" icon="key" type="submit" isDisabled={action.busy}>
            {t.trace.open}
          </Button>
        </DialogActions>
      </DialogForm>
    </Dialog>
  );
}
