import { useCallback, useMemo } from 'react';
import type { TrainingResult } from '#contract/simulator.ts';
import { useSignedIn } from '../../app/session.ts';
import { useScene } from '../../desk/use-scene.ts';
import { simulatorTexts } from '../../i18n/sections/simulator.ts';
import { useFormats, useTexts } from '../../i18n/use-t.ts';
import { type MapHandle, MapView } from '../../map/map-view.tsx';
import type { LngLat, MapScene } from '../../map/scene.ts';
import { MapBoundary } from '../../ui/map-boundary.tsx';
import styles from './simulator.module.css';

/** The way that she really went, which nobody could see before. */
export function TruthMap({ result }: { result: TrainingResult }) {
  const texts = useTexts(simulatorTexts).results;
  const formats = useFormats();
  const { region } = useSignedIn();
  const live = useScene(null);
  const path = useMemo(() => result.truth.map(({ lng, lat }): LngLat => [lng, lat]), [result]);
  const scene = useMemo(() => truthScene(live, result, path), [live, result, path]);
  const fit = useCallback((map: MapHandle | null) => map?.fit(path), [path]);
  const time = (at: string | null) => (at === null ? texts.untilEnd : formats.timeShort(Date.parse(at)));
  return (
    <section className={styles.truth} aria-label={texts.truth}>
      <h3>{texts.truth}</h3>
      <ol>
        {result.stops.map(({ name, fromAt, toAt }) => (
          <li key={fromAt}>
            <strong>{name}</strong> <small>{texts.stay(time(fromAt), time(toAt))}</small>
          </li>
        ))}
      </ol>
      {region && (
        <div className={styles.map}>
          <MapBoundary>
            <MapView
              ref={fit}
              scene={scene}
              home={region.bbox as [number, number, number, number]}
              attribution={region.attribution}
            />
          </MapBoundary>
        </div>
      )}
    </section>
  );
}

/** Her way and her stops on the plain map; crews and incidents of now have no place there. */
function truthScene(live: MapScene, result: TrainingResult, path: LngLat[]): MapScene {
  return {
    ...live,
    incidents: [],
    sightings: result.stops.map(({ lng, lat, fromAt }, i) => ({
      id: `stop-${i}`,
      number: i + 1,
      observedAt: Date.parse(fromAt),
      kind: 'report',
      position: [lng, lat],
      credibility: 1,
    })),
    nearest: null,
    routes: path.length > 1 ? [{ unitId: 'truth', path, proposed: false }] : [],
    selection: null,
    switches: { ...live.switches, units: false, unitLabels: false },
  };
}
