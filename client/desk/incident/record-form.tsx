import { searchMethods, sightingKinds, type SightingView } from '#contract/sighting.ts';
import type { WorldIncident } from '#domain/world.ts';
import { type FormEvent, useEffect, useState } from 'react';
import { Checkbox } from 'react-aria-components';
import { correctSighting, recordSighting } from '../../api/incidents.ts';
import { serverNow } from '../../clock/use-now.ts';
import { useT } from '../../i18n/use-t.ts';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { ChoiceField, Field, FieldPair } from '../../ui/field.tsx';
import { Icon } from '../../ui/icons/icon.tsx';
import { Problem } from '../../ui/section.tsx';
import { pickOnMap, sayDone, setDesk } from '../desk-store.ts';
import { PositionField } from '../position-field.tsx';
import { useReference } from '../reference.ts';
import { useAction } from '../use-action.ts';
import styles from './record-form.module.css';
import { draftOf, emptySighting, type SightingDraft, toBody } from './sighting-draft.ts';

export interface RecordFormProps {
  incident: WorldIncident;
  /** The sighting that the new one replaces; both stay on record. */
  corrects?: SightingView;
  /** What is known already of a new one. */
  start?: Partial<SightingDraft>;
  onDone: () => void;
}

/** Takes the panel's place rather than covering the page: the map beside it is where positions are picked. */
export function RecordForm({ incident, corrects, start, onDone }: RecordFormProps) {
  const t = useT();
  const [draft, setDraft] = useState(() =>
    corrects ? draftOf(corrects, serverNow()) : { ...emptySighting, ...start },
  );
  const [reason, setReason] = useState('');
  const [wrong, setWrong] = useState<string[]>([]);
  const action = useAction();
  const change = (part: Partial<SightingDraft>) => setDraft(before => ({ ...before, ...part }));
  useEffect(() => () => setDesk({ mode: { kind: 'browse' } }), []);

  async function submit(form: FormEvent): Promise<void> {
    form.preventDefault();
    const body = toBody(draft, serverNow());
    if ('wrong' in body) return setWrong(body.wrong);
    setWrong([]);
    const send = () =>
      corrects
        ? correctSighting(corrects.id, { reason: reason.trim(), ...body })
        : recordSighting(incident.id, body);
    if (!(await action.run(send))) return;
    sayDone(t.record.done);
    onDone();
  }
  return (
    <form className={styles.form} onSubmit={form => void submit(form)}>
      <header className={styles.head}>
        <h2>{corrects ? t.trace.correct : t.record.title}</h2>
        <IconButton icon="close" label={t.cancel} onPress={onDone} />
      </header>
      <div className={styles.body}>
        <ChoiceField
          label={t.record.kind}
          value={draft.kind}
          onChange={kind => change({ kind, target: null })}
          choices={sightingKinds.map(kind => ({
            value: kind,
            label: t.sighting.kind[kind],
            mark: <Icon name={`sighting-${kind}`} />,
          }))}
        />
        <FieldPair>
          <Field
            label={t.record.source}
            placeholder={t.record.sourceExample}
            value={draft.source}
            onChange={source => change({ source })}
            maxLength={64}
            isRequired
          />
          <Field
            numeric
            label={`${t.record.observedAt} (${t.record.minutesAgo})`}
            value={draft.minutesAgo}
            onChange={minutesAgo => change({ minutesAgo })}
            isRequired
          />
        </FieldPair>
        <KindFields draft={draft} change={change} />
        {corrects && (
          <Field
            label={t.trace.correctReason}
            value={reason}
            onChange={setReason}
            isRequired
            maxLength={500}
          />
        )}
        {wrong.length > 0 && <Problem>{wrongText(wrong, t)}</Problem>}
        <Problem>{action.problem}</Problem>
      </div>
      <footer className={styles.foot}>
        <Button onPress={onDone}>{t.cancel}</Button>
        <Button
          variant="primary"
          type="submit"
          isDisabled={action.busy || (corrects !== undefined && reason.trim().length < 2)}
        >
          {corrects ? t.trace.correct : t.record.submit}
        </Button>
      </footer>
    </form>
  );
}

/** Names the fields in the words of the form. */
function wrongText(wrong: readonly string[], t: ReturnType<typeof useT>): string {
  const { crsName: _, ...labels } = t.record;
  const names: Record<string, string> = { ...labels, site: labels.position, placeId: labels.place };
  return `${t.errors.invalidBody}: ${wrong.map(field => names[field] ?? field).join(t.list)}`;
}

interface KindProps {
  draft: SightingDraft;
  change: (part: Partial<SightingDraft>) => void;
}

function KindFields({ draft, change }: KindProps) {
  const t = useT();
  const number = (
    field: 'rangeM' | 'azimuthDeg' | 'beamwidthDeg' | 'timingAdvance' | 'accuracyM' | 'headingDeg',
    isRequired = false,
  ) => (
    <Field
      numeric
      label={t.record[field]}
      value={draft[field]}
      onChange={value => change({ [field]: value })}
      isRequired={isRequired}
    />
  );
  const position = (
    <PositionField
      label={t.record.position}
      isRequired={draft.kind !== 'report'}
      value={draft.position}
      onChange={value => change({ position: value, target: null })}
      onPicked={({ target }) => target?.kind === 'place' && change({ target })}
    />
  );
  switch (draft.kind) {
    case 'cell':
      return (
        <>
          {position}
          <FieldPair>
            {number('rangeM', true)}
            {number('timingAdvance')}
            {number('azimuthDeg')}
            {number('beamwidthDeg')}
          </FieldPair>
          <Field
            label={t.record.cellId}
            value={draft.cellId}
            onChange={cellId => change({ cellId })}
            maxLength={64}
          />
        </>
      );
    case 'fix':
      return (
        <>
          {position}
          {number('accuracyM', true)}
        </>
      );
    case 'camera':
      return (
        <>
          {position}
          <FieldPair>
            {number('headingDeg')}
            <Field
              label={t.record.plate}
              value={draft.plate}
              onChange={plate => change({ plate })}
              maxLength={16}
            />
          </FieldPair>
        </>
      );
    case 'transaction':
      return (
        <>
          {position}
          <TargetName draft={draft} />
        </>
      );
    case 'report':
      return (
        <>
          <Field
            label={t.record.text}
            value={draft.text}
            onChange={text => change({ text })}
            multiline
            isRequired
            maxLength={4000}
          />
          {position}
          <TargetName draft={draft} />
          <Field
            numeric
            label={t.record.credibility}
            value={draft.credibilityPct}
            onChange={credibilityPct => change({ credibilityPct })}
            isRequired
          />
          <Checkbox
            className={styles.check ?? ''}
            isSelected={draft.byVehicle}
            onChange={byVehicle => change({ byVehicle })}
          >
            <span className={styles.box}>
              <Icon name="check" size="1em" />
            </span>
            {t.record.byVehicle}
          </Checkbox>
        </>
      );
    case 'search':
      return <SearchFields draft={draft} change={change} />;
  }
}

function SearchFields({ draft, change }: KindProps) {
  const t = useT();
  // A search is of a known place or segment: they have to be on the map to be clicked.
  const pick = () => pickOnMap(({ target }) => target && change({ target }));
  return (
    <>
      <Button icon="pin" onPress={pick}>
        {t.record.placeFromMap}
      </Button>
      <TargetName draft={draft} />
      <FieldPair>
        <ChoiceField
          label={t.record.method}
          value={draft.method}
          onChange={method => change({ method })}
          choices={searchMethods.map(value => ({ value, label: t.sighting.method[value] }))}
        />
        <ChoiceField
          label={t.record.outcome}
          value={draft.outcome}
          onChange={outcome => change({ outcome })}
          choices={(['notHere', 'blocked'] as const).map(value => ({ value, label: t.sighting[value] }))}
        />
      </FieldPair>
    </>
  );
}

/** The place or segment that was clicked, by name. */
function TargetName({ draft: { target } }: { draft: SightingDraft }) {
  const place = useReference(reference => reference.places.find(({ id }) => id === target?.id));
  const segment = useReference(reference => reference.segments.find(({ id }) => id === target?.id));
  if (!target) return null;
  return (
    <p className={styles.target}>
      <Icon name="pin" size="1em" /> {place?.name ?? segment?.name ?? target.id}
    </p>
  );
}
