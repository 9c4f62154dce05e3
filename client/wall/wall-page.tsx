import {
  type CSSProperties,
  lazy,
  Suspense,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useState,
} from 'react';
import { useSignedIn } from '../app/session.ts';
import { useTitle } from '../app/use-title.ts';
import { useNow } from '../clock/use-now.ts';
import { BureauName, Counts, WallClock } from '../desk/bureau.tsx';
import { LinkState, StaleBanner } from '../desk/link-state.tsx';
import { RegionMap } from '../desk/region-map.tsx';
import { useReferenceList } from '../desk/reference.ts';
import { useScene } from '../desk/use-scene.ts';
import { wallTexts } from '../i18n/sections/wall.ts';
import { useT, useTexts } from '../i18n/use-t.ts';
import type { MapHandle } from '../map/map-view.tsx';
import type { MapScene } from '../map/scene.ts';
import { useLive } from '../store/live.ts';
import { alarmsOf } from './alarms.ts';
import { Critical } from './critical.tsx';
import { DutyPanel, FiguresPanel } from './figures-panel.tsx';
import { framed } from './framing.ts';
import { IncidentList } from './incident-list.tsx';
import { layoutFrom } from './layout.ts';
import { pinsVersion } from './pins.ts';
import { scaleFrom } from './scale.ts';
import { useFocus } from './use-focus.ts';
import { useNewVersion } from './use-new-version.ts';
import styles from './wall-page.module.css';

const PinStrip = lazy(() => import('./pin-strip.tsx'));

/** What is happening now, for a room to see: full-bleed map, incidents, figures, what is critical. There is nothing to click. */
export function WallPage() {
  const t = useT();
  const texts = useTexts(wallTexts);
  const { scale, layout } = useRoom();
  const plain = useScene(null, scale);
  // What a leader has put on the wall; the rest of it is loaded when there is something.
  const pinned = useLive(live => pinsVersion(live.world) !== '');
  const [drawn, setDrawn] = useState<Pick<MapScene, 'posterior' | 'overlay'> | null>(null);
  const scene = useMemo(() => (drawn ? { ...plain, ...drawn } : plain), [plain, drawn]);
  const focusedId = useFocus();
  const holdMap = useFraming(scene, focusedId, scale, layout);
  const incidents = useLive(live => live.world.incidents);
  const now = useNow();
  const alarms = useMemo(() => alarmsOf(incidents, now), [incidents, now]);
  const waits = useNewVersion(!alarms.some(({ priority }) => priority === 1));
  useTitle(t.pages.wall);
  useReferenceList('stations', true);
  return (
    <main
      className={styles.wall}
      data-layout={layout}
      style={{ '--side': `calc(${panelPx[layout]}px * var(--scale))` } as CSSProperties}
    >
      <RegionMap ref={holdMap} scene={scene} bare />
      <header className={styles.top}>
        <BureauName />
        <Counts />
        <div className={styles.state}>
          {waits && <span>{texts.newVersion}</span>}
          <LinkState />
          <WallClock />
        </div>
      </header>
      <div className={styles.left}>
        <IncidentList focusedId={focusedId} />
      </div>
      <div className={styles.middle}>
        <Critical alarms={alarms} />
      </div>
      <div className={styles.right}>
        <FiguresPanel />
        {pinned && (
          <Suspense>
            <PinStrip onDraw={setDrawn} />
          </Suspense>
        )}
        <DutyPanel />
      </div>
      <div className={styles.banner}>
        <StaleBanner />
      </div>
    </main>
  );
}

/** Css px at scale 1: what the panels cover of the map at either side. */
const panelPx = { standard: 330, wide: 640 };

/** Keeps the map on what the room looks at; it moves when that changes and else stays. */
function useFraming(
  scene: MapScene,
  focusedId: string | null,
  scale: number,
  layout: keyof typeof panelPx,
): (map: MapHandle | null) => void {
  const { region } = useSignedIn();
  const [map, setMap] = useState<MapHandle | null>(null);
  const stationId =
    useLive(live => (focusedId === null ? null : live.world.incidents[focusedId]?.stationId)) ?? null;
  const frame = framed(scene, stationId, region?.bbox ?? null).join(' ');
  useEffect(() => {
    const [west, south, east, north] = frame.split(' ').map(Number);
    if (!map || north === undefined) return;
    const side = panelPx[layout] * scale + 24;
    map.fit(
      [
        [west!, south!],
        [east!, north],
      ],
      { padding: { left: side, right: side, top: 130 * scale, bottom: 40 * scale }, maxZoom: 13.5 },
    );
  }, [map, frame, scale, layout]);
  return useCallback((handle: MapHandle | null) => setMap(handle), []);
}

const roomNow = () => ({
  scale: scaleFrom(location.search, innerHeight),
  layout: layoutFrom(location.search, innerWidth, innerHeight),
});

/** Every size, of the page and of the map, follows one number that the room decides; so does where the panels stand. */
function useRoom(): ReturnType<typeof roomNow> {
  const [room, setRoom] = useState(roomNow);
  const { scale } = room;
  useEffect(() => {
    const measure = () => setRoom(roomNow());
    globalThis.addEventListener('resize', measure);
    return () => globalThis.removeEventListener('resize', measure);
  }, []);
  useLayoutEffect(() => {
    const root = document.documentElement.style;
    root.setProperty('--scale', String(scale));
    return () => void root.removeProperty('--scale');
  }, [scale]);
  return room;
}
