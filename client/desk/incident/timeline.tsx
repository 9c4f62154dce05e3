import type { SightingView } from '#contract/sighting.ts';
import type { WorldIncident, WorldSighting } from '#domain/world.ts';
import { useState } from 'react';
import { withdrawSighting } from '../../api/incidents.ts';
import { mayAmendSightings } from '../../app/rights.ts';
import { useSignedIn } from '../../app/session.ts';
import { useNow } from '../../clock/use-now.ts';
import { useFormats, useT } from '../../i18n/use-t.ts';
import { isLate, sightingsInOrder } from '../../store/selectors.ts';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { cx } from '../../ui/cx.ts';
import { Dialog, DialogActions, DialogForm } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Icon } from '../../ui/icons/icon.tsx';
import { Problem } from '../../ui/section.tsx';
import { setDesk, useDesk } from '../desk-store.ts';
import { useAction } from '../use-action.ts';
import styles from './timeline.module.css';
import { inWords } from './words.ts';

interface TimelineProps {
  incident: WorldIncident;
  /** Absent: they can only be read. */
  onCorrect?: (sighting: SightingView) => void;
}

/** Sightings, the newest first, with the numbers that the map shows. */
export function Timeline({ incident, onCorrect }: TimelineProps) {
  const t = useT();
  const sightings = sightingsInOrder(incident);
  if (sightings.length === 0) return <p className={styles.empty}>{t.trace.empty}</p>;
  return (
    <ol className={styles.timeline}>
      {sightings
        .map((sighting, index) => (
          <Entry key={sighting.id} sighting={sighting} number={index + 1} onCorrect={onCorrect} />
        ))
        .toReversed()}
    </ol>
  );
}

interface EntryProps {
  sighting: WorldSighting;
  number: number;
  onCorrect: ((sighting: SightingView) => void) | undefined;
}

function Entry({ sighting, number, onCorrect }: EntryProps) {
  const t = useT();
  const formats = useFormats();
  const now = useNow();
  const { role } = useSignedIn();
  const [withdrawing, setWithdrawing] = useState(false);
  const selected = useDesk(desk => desk.selection?.kind === 'sighting' && desk.selection.id === sighting.id);
  const { view, kind, withdrawn } = sighting;
  const observedAt = Date.parse(sighting.observedAt);
  const receivedAt = Date.parse(sighting.receivedAt);
  return (
    <li className={cx(styles.entry, withdrawn && styles.withdrawn)} data-selected={selected || undefined}>
      <button
        type="button"
        className={styles.main}
        aria-pressed={selected}
        onClick={() => setDesk({ selection: selected ? null : { kind: 'sighting', id: sighting.id } })}
      >
        <span className={styles.number}>{number}</span>
        <span className={styles.kind}>
          <Icon name={`sighting-${kind}`} size="1.2em" /> {t.sighting.kind[kind]}
          {view && <small>{view.source === 'task' ? t.sighting.fromTask : view.source}</small>}
          {withdrawn && <b>{t.trace.withdrawn}</b>}
          {view?.replaces && <b>{t.trace.corrected}</b>}
        </span>
        <span className={styles.age}>{t.trace.ago(formats.age((now - observedAt) / 1000))}</span>
        {view && <span className={styles.words}>{inWords(view, t, formats)}</span>}
        <span className={styles.times}>
          {t.trace.observed} <time>{formats.time(observedAt)}</time> · {t.trace.received}{' '}
          <time>{formats.time(receivedAt)}</time>
          {isLate(sighting) && <b>{t.trace.late(formats.age((receivedAt - observedAt) / 1000))}</b>}
        </span>
      </button>
      {onCorrect && !withdrawn && mayAmendSightings(role) && (
        <span className={styles.amend}>
          {view && <IconButton icon="edit" label={t.trace.correct} onPress={() => onCorrect(view)} />}
          <IconButton icon="undo" label={t.trace.withdraw} onPress={() => setWithdrawing(true)} />
        </span>
      )}
      {withdrawing && <WithdrawDialog sightingId={sighting.id} onClose={() => setWithdrawing(false)} />}
    </li>
  );
}

function WithdrawDialog({ sightingId, onClose }: { sightingId: string; onClose: () => void }) {
  const t = useT();
  const [reason, setReason] = useState('');
  const action = useAction();
  async function submit(): Promise<void> {
    if (await action.run(() => withdrawSighting(sightingId, reason.trim()))) onClose();
  }
  return (
    <Dialog title={t.trace.withdraw} isOpen onClose={onClose} role="alertdialog">
      <DialogForm onSubmit={submit}>
        <Field
          label={t.trace.withdrawReason}
          value={reason}
          onChange={setReason}
          isRequired
          autoFocus
          maxLength={500}
        />
        <Problem>{action.problem}</Problem>
        <DialogActions>
          <Button onPress={onClose}>{t.cancel}</Button>
          <Button variant="primary" type="submit" isDisabled={reason.trim().length < 2 || action.busy}>
            {t.trace.withdraw}
          </Button>
        </DialogActions>
      </DialogForm>
    </Dialog>
  );
}
