import type { WorldIncident } from '#domain/world.ts';
import type { PosteriorView } from '../../api/locate.ts';
import { locateTexts } from '../../i18n/sections/locate.ts';
import { useTexts } from '../../i18n/use-t.ts';
import { sightingExtent } from '../../map/sources/sighting-areas.ts';
import { sightingsInOrder } from '../../store/selectors.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons/icon.tsx';
import { setDesk } from '../desk-store.ts';
import { useMapView } from '../map-view-context.ts';
import { useReference } from '../reference.ts';
import { toMapSightings } from '../scene.ts';
import styles from './locate.module.css';

/** What to distrust in the belief, with the sightings that it is about one press away. */
export function Warnings({
  incident,
  warnings,
}: {
  incident: WorldIncident;
  warnings: PosteriorView['warnings'];
}) {
  const texts = useTexts(locateTexts);
  const map = useMapView();
  const places = useReference(reference => reference.places);
  const order = sightingsInOrder(incident).map(({ id }) => id);
  const show = (id: string) => {
    setDesk({ selection: { kind: 'sighting', id } });
    const sighting = toMapSightings(incident, places).find(each => each.id === id);
    if (sighting) map.fit(sightingExtent(sighting));
  };
  return (
    <ul className={styles.warnings} aria-label={texts.warning}>
      {warnings.map(({ kind, text, sightingIds }) => (
        <li key={kind + text} data-kind={kind}>
          <Icon name="warning" size="1.1em" />
          <span>{text}</span>
          {sightingIds.flatMap(id => {
            const number = order.indexOf(id) + 1;
            return number > 0 ? (
              <Button key={id} size="s" onPress={() => show(id)}>
                {texts.toSighting(number)}
              </Button>
            ) : (
              []
            );
          })}
        </li>
      ))}
    </ul>
  );
}
