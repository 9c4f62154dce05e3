import { shortestReason } from '#contract/reason.ts';
import type { SightingView } from '#contract/sighting.ts';
import type { WorldIncident } from '#domain/world.ts';
import { type KeyboardEvent, lazy, Suspense, useEffect, useRef, useState } from 'react';
import { addMember, openLook } from '../../api/incidents.ts';
import {
  mayAddMembers,
  mayBreakGlass,
  mayLookAtTraces,
  mayPinToWall,
  mayRecordSightings,
} from '../../app/rights.ts';
import { useSignedIn } from '../../app/session.ts';
import { useNow } from '../../clock/use-now.ts';
import { accessTexts } from '../../i18n/sections/access.ts';
import { deskTexts } from '../../i18n/sections/desk.ts';
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

interface TraceProps {
  incident: WorldIncident;
  onRecord: (corrects?: SightingView) => void;
}

/** Whether the trace is open in this browser. */
function useOpen(incident: WorldIncident): boolean {
  const reason = useLive(live => live.traceReasons[incident.id]);
  return reason !== undefined || hasTrace(incident);
}

/** Stands where the plan will be, until the trace is open: nobody is sent by what nobody may see. */
export function TraceGate({ incident }: { incident: WorldIncident }) {
  const t = useT();
  const open = useOpen(incident);
  const justRevoked = useEnded(open);
  if (open) return null;
  return (
    <Section title={t.trace.title} icon="lock">
      {justRevoked && (
        <p className={styles.warn} role="alert">
          <Icon name="lock" size="1.1em" /> {t.trace.revoked}
        </p>
      )}
      <Locked incident={incident} />
    </Section>
  );
}

/** Sightings: that there are some is known to all on the incident, what they say only inside an open look. */
export function Trace({ incident, onRecord }: TraceProps) {
  const t = useT();
  const { role } = useSignedIn();
  const reason = useLive(live => live.traceReasons[incident.id]);
  const open = useOpen(incident);
  useFitWhenSeen(incident);
  return (
    <Section
      title={t.trace.title}
      icon={open ? 'unlock' : 'lock'}
      action={
        incident.state === 'open' &&
        mayRecordSightings(role) && (
          <span data-key="i">
            <Button size="s" icon="plus" onPress={() => onRecord()}>
              {t.trace.record} <kbd>I</kbd>
            </Button>
          </span>
        )
      }
    >
      {open ? (
        <>
          {mayPinToWall(role) && <PinToWall incident={incident} reason={reason} />}
          <Timeline incident={incident} onCorrect={onRecord} />
        </>
      ) : (
        <Locked incident={incident} />
      )}
    </Section>
  );
}

function Locked({ incident }: { incident: WorldIncident }) {
  const t = useT();
  const { role } = useSignedIn();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <p className={styles.muted}>{t.trace.locked(sightingsInOrder(incident).length)}</p>
      {incident.state === 'open' && mayLookAtTraces(role) && (
        <OpenButton incident={incident} onPress={() => setAsking(true)} />
      )}
      {asking && <ReasonDialog incident={incident} onClose={() => setAsking(false)} />}
    </>
  );
}

function OpenButton({ incident, onPress }: { incident: WorldIncident; onPress: () => void }) {
  const t = useT();
  const texts = useTexts(accessTexts);
  const { userId, role } = useSignedIn();
  const [breaking, setBreaking] = useState(false);
  const allowed = mayBeTraced(incident, userId, useNow());
  const member = incident.members.includes(userId);
  // Whoever may put people on the incident joins it by opening its trace.
  const joins = !member && mayAddMembers(role);
  const missing = [
    !allowed && t.errors.missing.authority,
    !member && !joins && t.errors.missing.membership,
  ].filter(text => text !== false);
  return (
    <div className={styles.row}>
      <span data-key="o">
        <Button variant="primary" icon="key" isDisabled={missing.length > 0} onPress={onPress}>
          {t.trace.open} <kbd>O</kbd>
        </Button>
      </span>
      <small className={styles.warn}>{missing.join(t.list)}</small>
      {!allowed && mayBreakGlass(role) && (
        <span className={styles.end} data-key="v">
          <Button variant="danger" size="s" onPress={() => setBreaking(true)}>
            {texts.breakGlass} <kbd>V</kbd>
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

/** A reason by one digit, or in words of one's own: each look has one, and it is kept. */
function ReasonDialog({ incident, onClose }: { incident: WorldIncident; onClose: () => void }) {
  const t = useT();
  const texts = useTexts(deskTexts).reasons;
  const { userId, role } = useSignedIn();
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const action = useAction();
  const joins = !incident.members.includes(userId) && mayAddMembers(role);
  const usual = [texts.urgent(t.risk[incident.risk], t.scam[incident.scamType]), texts.family, texts.again];
  async function open(why: string): Promise<void> {
    setTried(true);
    if (why.length < shortestReason) return;
    const opened = await action.run(async () => {
      if (joins) await addMember(incident.id, userId);
      const { sightings } = await openLook(incident.id, why);
      shareTrace(incident.id, why, sightings);
    });
    if (opened) onClose();
  }
  const onKey = (pressed: KeyboardEvent) => {
    const chosen = usual[Number(pressed.key) - 1];
    if (chosen === undefined || pressed.target instanceof HTMLTextAreaElement) return;
    pressed.preventDefault();
    void open(chosen);
  };
  return (
    <Dialog title={t.trace.reasonTitle} hint={t.trace.reasonHint} isOpen onClose={onClose}>
      <div role="group" aria-label={texts.title} className={styles.reasons} onKeyDown={onKey}>
        <small>{texts.title}</small>
        {usual.map((words, index) => (
          <button
            key={words}
            type="button"
            disabled={action.busy}
            // The first has the focus: Enter opens with it, a digit with another.
            // oxlint-disable-next-line jsx-a11y/no-autofocus
            autoFocus={index === 0}
            onClick={() => void open(words)}
          >
            <kbd>{index + 1}</kbd> {words}
          </button>
        ))}
      </div>
      <DialogForm onSubmit={() => open(reason.trim())}>
        <Field
          label={t.trace.reasonField}
          value={reason}
          onChange={setReason}
          error={tried && reason !== '' && reason.trim().length < shortestReason ? t.trace.tooShort : null}
          multiline
          maxLength={500}
        />
        {joins && <small className={styles.warn}>{texts.joins}</small>}
        <Problem>{action.problem}</Problem>
        <DialogActions>
          <Button onPress={onClose}>{t.cancel}</Button>
          <Button
            variant="primary"
            icon="key"
            type="submit"
            isDisabled={action.busy || reason.trim().length < shortestReason}
          >
            {t.trace.open}
          </Button>
        </DialogActions>
      </DialogForm>
    </Dialog>
  );
}
