import { useState } from 'react';
import type { SightingKind } from '#contract/sighting.ts';
import { type WhatIfChange, type WhatIfPolicy, whatIfPolicies } from '#contract/what-if.ts';
import { changeSaid } from '#contract/what-if-said.ts';
import { whyUnavailable } from '#domain/roster.ts';
import { defaultMethod } from '#domain/task.ts';
import type { WorldIncident } from '#domain/world.ts';
import { useNow } from '../clock/use-now.ts';
import { shown, useLocate } from '../desk/locate/locate-store.ts';
import { afterActionTexts } from '../i18n/sections/after-action.ts';
import { whatIfTexts } from '../i18n/sections/what-if.ts';
import { useFormats, useTexts } from '../i18n/use-t.ts';
import { useLive } from '../store/live.ts';
import { Button } from '../ui/button.tsx';
import { type Choice, ChoiceField } from '../ui/field.tsx';
import { useTraced } from './traced.ts';
import styles from './what-if-section.module.css';

type Kind = WhatIfChange['kind'];
const kinds: readonly Kind[] = ['order', 'withdraw', 'addFact', 'removeFact', 'policy'];
/** As many of the likeliest places can be chosen. */
const mostPlaces = 30;

/** Puts one change together, of what there was at the moment. */
export function ChangeForm({
  incident,
  onAdd,
}: {
  incident: WorldIncident;
  onAdd: (change: WhatIfChange, text: string) => void;
}) {
  const texts = useTexts(whatIfTexts);
  const said = useTexts(afterActionTexts);
  const formats = useFormats();
  const [kind, setKind] = useState<Kind>('order');
  const [unitId, setUnit] = useState<string | null>(null);
  const [placeId, setPlace] = useState<string | null>(null);
  const [sightingId, setSighting] = useState<string | null>(null);
  const [policy, setPolicy] = useState<WhatIfPolicy>('plan');
  const units = useUnits();
  const places = useLocate(locate => shown(locate)?.posterior.places)?.slice(0, mostPlaces) ?? [];
  const sightings = useSightings(incident, kind);
  const unit = units.find(({ value }) => value === unitId);
  const place = places.find(each => each.placeId === placeId);
  const sighting = sightings.find(({ id }) => id === sightingId);
  const change = ((): WhatIfChange | null => {
    switch (kind) {
      case 'order':
        return unit && place
          ? { kind, unitId: unit.value, targetId: place.placeId, method: defaultMethod(place.kind) }
          : null;
      case 'withdraw':
        return unit ? { kind, unitId: unit.value } : null;
      case 'addFact':
      case 'removeFact':
        return sighting ? { kind, sightingId: sighting.id } : null;
      case 'policy':
        return { kind, policy };
    }
  })();
  const nameOf = (each: (typeof sightings)[number]) =>
    `${said.sightings[each.kind]} ${formats.time(Date.parse(each.observedAt))}`;
  const add = () => {
    if (!change) return;
    const words = {
      ...change,
      ...(unit && { callsign: unit.label }),
      ...(place && { place: place.name }),
      ...(sighting && { sighting: { kind: sighting.kind, observedAt: sighting.observedAt } }),
    };
    onAdd(
      change,
      changeSaid(words, said, at => formats.time(Date.parse(at))),
    );
  };
  return (
    <div className={styles.form}>
      <ChoiceField<Kind>
        label={texts.kind}
        value={kind}
        onChange={setKind}
        choices={kinds.map(value => ({ value, label: texts.kinds[value] }))}
      />
      {(kind === 'order' || kind === 'withdraw') && (
        <Among label={texts.unit} value={unitId} onChange={setUnit} choices={units} />
      )}
      {kind === 'order' && (
        <Among
          label={texts.place}
          value={placeId}
          onChange={setPlace}
          choices={places.map((each, index) => ({ value: each.placeId, label: `${index + 1} ${each.name}` }))}
        />
      )}
      {(kind === 'addFact' || kind === 'removeFact') && (
        <Among
          label={texts.sighting}
          value={sightingId}
          onChange={setSighting}
          choices={sightings.map(each => ({ value: each.id, label: nameOf(each) }))}
        />
      )}
      {kind === 'policy' && (
        <ChoiceField<WhatIfPolicy>
          label={texts.newPolicy}
          value={policy}
          onChange={setPolicy}
          choices={whatIfPolicies.map(value => ({ value, label: said.policies[value] }))}
        />
      )}
      <Button icon="plus" isDisabled={change === null} onPress={add}>
        {texts.add}
      </Button>
    </div>
  );
}

/** A choice that may be empty. */
function Among(props: {
  label: string;
  value: string | null;
  onChange: (value: string) => void;
  choices: readonly Choice<string>[];
}) {
  const texts = useTexts(whatIfTexts);
  const none = props.choices.length === 0;
  return <ChoiceField {...props} isDisabled={none} placeholder={none ? texts.nothing : texts.choose} />;
}

/** Those on duty; whether a unit was known to be on a road, the server knows. */
function useUnits(): Choice<string>[] {
  const units = useLive(live => live.world.units);
  const now = useNow();
  return Object.values(units)
    .filter(unit => whyUnavailable(unit, now, now) === null)
    .map(({ id, callsign }) => ({ value: id, label: callsign }))
    .toSorted((a, b) => a.label.localeCompare(b.label, 'zh-CN', { numeric: true }));
}

/** Those that stood, or those that came later. */
function useSightings(
  incident: WorldIncident,
  kind: Kind,
): { id: string; kind: SightingKind; observedAt: string }[] {
  const now = useNow();
  const all = useTraced(traced => traced.sightings);
  if (kind === 'removeFact')
    return Object.values(incident.sightings).filter(each => !each.withdrawn && each.replacedBy === null);
  return all
    .filter(({ receivedAt }) => Date.parse(receivedAt) > now)
    .map(({ id, observedAt, detail }) => ({ id, observedAt, kind: detail.kind }));
}
