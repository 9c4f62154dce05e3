import { useEffect, useRef } from 'react';
import type { BelievedPlace } from '../../api/locate.ts';
import { mayOrderTasks } from '../../app/rights.ts';
import { useSignedIn } from '../../app/session.ts';
import { usePrefs } from '../../app/prefs.ts';
import { locateTexts } from '../../i18n/sections/locate.ts';
import { useFormats, useT, useTexts } from '../../i18n/use-t.ts';
import { shareText } from '../../map/sources/share-text.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons/icon.tsx';
import { useMapView } from '../map-view-context.ts';
import { showNearest } from '../nearest.ts';
import { lngLat } from '../scene.ts';
import { trend } from './figures.ts';
import { locateStore, setLocate, useLocate } from './locate-store.ts';
import styles from './locate.module.css';
import { targetOf } from './target.ts';
import { nameIn } from '../../i18n/name-in.ts';

interface PlaceRowProps {
  place: BelievedPlace;
  rank: number;
  /** The map shows it with its rank. */
  onMap: boolean;
  /** The probability that fills the bar. */
  largest: number;
}

/** One place: rank, how likely, which way that goes; unfolded also why, and who looked there. */
export function PlaceRow({ place, rank, onMap, largest }: PlaceRowProps) {
  const t = useT();
  const texts = useTexts(locateTexts);
  const formats = useFormats();
  const lang = usePrefs(prefs => prefs.lang);
  const unfolded = useLocate(locate => locate.placeId === place.placeId);
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (unfolded) row.current?.scrollIntoView({ block: 'nearest' });
  }, [unfolded]);
  const [searched] = place.searched;
  const change = trend(place);
  return (
    <li ref={row} className={styles.place} data-unfolded={unfolded || undefined}>
      <button
        type="button"
        className={styles.placeMain}
        aria-expanded={unfolded}
        onClick={() => setLocate({ placeId: unfolded ? null : place.placeId })}
      >
        <span className={styles.rank} data-on-map={onMap || undefined}>
          {rank}
        </span>
        <span className={styles.placeName}>
          <Icon name={`place-${place.kind}`} size="1.1em" label={t.placeKind[place.kind]} />
          <span>{nameIn(place, lang)}</span>
        </span>
        <span className={styles.poa}>
          {change !== 0 && (
            <Icon
              name={change > 0 ? 'chevronUp' : 'chevronDown'}
              size="0.9em"
              label={change > 0 ? texts.soonMore : texts.soonLess}
            />
          )}
          {shareText(place.poa)}
        </span>
        <span className={styles.bar} aria-hidden>
          <i style={{ width: `${(100 * place.poa) / largest}%` }} />
        </span>
        {searched && (
          <small className={styles.searched}>
            {texts.searchedShort(formats.timeShort(Date.parse(searched.at)), shareText(searched.pod))}
          </small>
        )}
      </button>
      {unfolded && <Unfolded place={place} />}
    </li>
  );
}

function Unfolded({ place }: { place: BelievedPlace }) {
  const t = useT();
  const texts = useTexts(locateTexts);
  const formats = useFormats();
  const { role } = useSignedIn();
  const map = useMapView();
  const position = lngLat(place.position);
  return (
    <div className={styles.unfolded}>
      <ul aria-label={texts.whyTitle}>
        {place.why.length === 0 && <li>{texts.noWhy}</li>}
        {place.why.map(line => (
          <li key={line}>{line}</li>
        ))}
        {trend(place) !== 0 && <li>{texts.poaSoon(shareText(place.poaSoon))}</li>}
        {place.searched.map(({ at, method, pod }) => (
          <li key={at + method} data-searched>
            {texts.searchedAt(formats.timeShort(Date.parse(at)), methodText(method, t), shareText(pod))}
          </li>
        ))}
      </ul>
      <span className={styles.verbs}>
        <Button size="s" icon="pin" onPress={() => map.flyTo(position)}>
          {texts.show}
        </Button>
        {mayOrderTasks(role) && (
          <Button
            size="s"
            icon="send"
            isDisabled={locateStore.getState().past !== null}
            onPress={() => showNearest(position, targetOf(place))}
          >
            {texts.send}
          </Button>
        )}
      </span>
    </div>
  );
}

/** Methods come by name; one that this client does not know yet is shown as it is. */
const methodText = (method: string, t: ReturnType<typeof useT>): string =>
  (t.sighting.method as Record<string, string>)[method] ?? method;
