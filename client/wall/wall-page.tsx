import { lazy, Suspense, useCallback, useEffect, useLayoutEffect, useMemo, useState } from 'react';
import { useSignedIn } from '../app/session.ts';
import { useTitle } from '../app/use-title.ts';
import { BureauName, Counts, WallClock } from '../desk/bureau.tsx';
import { LinkState, StaleBanner } from '../desk/link-state.tsx';
import { QueueItem } from '../desk/queue-item.tsx';
import { RegionMap } from '../desk/region-map.tsx';
import { useReferenceList } from '../desk/reference.ts';
import { useScene } from '../desk/use-scene.ts';
import { useT } from '../i18n/use-t.ts';
import type { MapHandle } from '../map/map-view.tsx';
import { useLive } from '../store/live.ts';
import { queue } from '../store/selectors.ts';
import type { MapScene } from '../map/scene.ts';
import { Notice } from '../ui/notice.tsx';
import { pinsVersion } from './pins.ts';
import { scaleFrom } from './scale.ts';
import styles from './wall-page.module.css';

const PinStrip = lazy(() => import('./pin-strip.tsx'));

/** As many as are read from the back of the room; the count above says how many there are. */
const mostShown = 8;

/** What is happening now, for a room to see: full-bleed map, queue, counts. There is nothing to click. */
export function WallPage() {
  const t = useT();
  const { region } = useSignedIn();
  const scale = useWallScale();
  const plain = useScene(null, scale);
  // What a leader has put on the wall; the rest of it is loaded when there is something.
  const pinned = useLive(live => pinsVersion(live.world) !== '');
  const [drawn, setDrawn] = useState<Pick<MapScene, 'posterior' | 'overlay'> | null>(null);
  const scene = useMemo(() => (drawn ? { ...plain, ...drawn } : plain), [plain, drawn]);
  // Beside the queue, not under it.
  const fitBesideQueue = useCallback(
    (map: MapHandle | null) => {
      if (!region) return;
      const [west = 0, south = 0, east = 0, north = 0] = region.bbox;
      map?.fit(
        [
          [west, south],
          [east, north],
        ],
        { padding: { left: 340 * scale, top: 80 * scale, right: 40 * scale, bottom: 50 * scale } },
      );
    },
    [region, scale],
  );
  useTitle(t.pages.wall);
  useReferenceList('stations', true);
  return (
    <main className={styles.wall}>
      <RegionMap ref={fitBesideQueue} scene={scene} bare />
      <header className={styles.top}>
        <BureauName />
        <Counts />
        <div className={styles.state}>
          <LinkState />
          <WallClock />
        </div>
      </header>
      <WallQueue />
      {pinned && (
        <Suspense>
          <PinStrip onDraw={setDrawn} />
        </Suspense>
      )}
      <div className={styles.banner}>
        <StaleBanner />
      </div>
    </main>
  );
}

/** Every size, of the page and of the map, follows one number that the room decides. */
function useWallScale(): number {
  const [scale, setScale] = useState(() => scaleFrom(location.search, innerHeight));
  useEffect(() => {
    const measure = () => setScale(scaleFrom(location.search, innerHeight));
    globalThis.addEventListener('resize', measure);
    return () => globalThis.removeEventListener('resize', measure);
  }, []);
  useLayoutEffect(() => {
    const root = document.documentElement.style;
    root.setProperty('--scale', String(scale));
    return () => void root.removeProperty('--scale');
  }, [scale]);
  return scale;
}

function WallQueue() {
  const t = useT();
  const incidents = useLive(live => queue(live.world.incidents));
  return (
    <section className={styles.queue} aria-label={t.queue.title}>
      {incidents.length === 0 ? (
        <Notice icon="check" title={t.queue.empty} />
      ) : (
        <ol>
          {incidents.slice(0, mostShown).map(incident => (
            <li key={incident.id} data-risk={incident.risk}>
              <QueueItem incident={incident} />
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
