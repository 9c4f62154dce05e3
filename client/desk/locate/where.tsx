import { useRef, useState } from 'react';
import type { WorldIncident } from '#domain/world.ts';
import { locateTexts } from '../../i18n/sections/locate.ts';
import { useFormats, useTexts } from '../../i18n/use-t.ts';
import { isRanked } from '../../map/sources/posterior.ts';
import { shareText } from '../../map/sources/share-text.ts';
import { Button } from '../../ui/button.tsx';
import { Section } from '../../ui/section.tsx';
import { shown, useLocate } from './locate-store.ts';
import styles from './locate.module.css';
import { PlaceRow } from './place-row.tsx';
import { useFitBelief } from './use-fit-belief.ts';
import { useHeld } from './use-held.ts';
import { Warnings } from './warnings.tsx';

/** As many stand in the list at first, and after asking for more: the tail says little. */
const few = 5;
const many = 20;

/** The places where she most likely is, each with its reasons. */
export function Where({ incident }: { incident: WorldIncident }) {
  const texts = useTexts(locateTexts);
  const formats = useFormats();
  const top = useRef<HTMLDivElement>(null);
  useFitBelief(incident, top);
  const belief = useLocate(shown);
  const past = useLocate(locate => locate.past);
  const look = useLocate(locate => locate.look);
  const placeId = useLocate(locate => locate.placeId);
  const [all, setAll] = useState(false);
  const { value: posterior, held, hold } = useHeld(belief?.posterior ?? null, past?.mark ?? look);
  if (!posterior) return null;
  // What was chosen on the map is in sight, however far down the list.
  const chosen = posterior.places.findIndex(place => place.placeId === placeId);
  const places = posterior.places.slice(0, all ? many : Math.max(few, chosen + 1));
  const more = Math.min(many, posterior.places.length) - few;
  const largest = posterior.places[0]?.poa ?? 1;
  return (
    <>
      <div ref={top} />
      <Section
        title={texts.places}
        icon="pin"
        action={<small>{held ? texts.held : texts.asOf(formats.time(Date.parse(posterior.at)))}</small>}
      >
        <Warnings incident={incident} warnings={posterior.warnings} />
        <ol className={styles.places} {...hold}>
          {places.map((place, index) => (
            <PlaceRow
              key={place.placeId}
              place={place}
              rank={index + 1}
              onMap={isRanked(place, index)}
              largest={largest}
            />
          ))}
        </ol>
        {more > 0 && (
          <Button size="s" variant="quiet" onPress={() => setAll(!all)}>
            {all ? texts.fewer : texts.morePlaces(more)}
          </Button>
        )}
        <Modes modes={posterior.modes} />
      </Section>
    </>
  );
}

const modeNames = ['atPlace', 'parked', 'driving', 'onFoot'] as const;

/** In which way she is where she is. */
function Modes({ modes }: { modes: Record<(typeof modeNames)[number], number> }) {
  const texts = useTexts(locateTexts);
  return (
    <p className={styles.modes}>
      {modeNames.map(name => (
        <span key={name}>
          {texts.modes[name]} <b>{shareText(modes[name])}</b>
        </span>
      ))}
    </p>
  );
}
