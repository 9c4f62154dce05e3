/** The map of the desk: the live scene, what a click on it means, and the verbs that panels may use. */
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { deskPath, navigate } from '../app/router.ts';
import { useSignedIn } from '../app/session.ts';
import { useFormats, useT } from '../i18n/use-t.ts';
import type { MapHandle } from '../map/map-view.tsx';
import type { MapCamera, MapTarget } from '../map/scene.ts';
import { useLive } from '../store/live.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { Icon } from '../ui/icons/icon.tsx';
import { Notice } from '../ui/notice.tsx';
import { CameraTip } from './camera-tip.tsx';
import { deskStore, setDesk, useDesk } from './desk-store.ts';
import cardStyles from './map-card.module.css';
import { MapViewContext, type MapVerbs } from './map-view-context.ts';
import { showNearest } from './nearest.ts';
import styles from './desk-page.module.css';
import { RegionMap } from './region-map.tsx';
import { believedPlace, setLocate } from './locate/locate-store.ts';
import { useLocateScene } from './locate/use-locate-scene.ts';
import { positionOf } from './target-position.ts';
import { useScene } from './use-scene.ts';

export interface MapPaneProps {
  incidentId: string | null;
  /** A picture of the past: what lies on it cannot be worked with. */
  past?: boolean;
  /** What lies over the map. */
  over: ReactNode;
  /** The page around the map: its panels may ask the map for things. */
  children: (map: ReactNode) => ReactNode;
}

export function MapPane({ incidentId, past = false, over, children }: MapPaneProps) {
  const { region } = useSignedIn();
  // Another handle comes when the map is ready: whatever asked too early asks again.
  const [handle, setHandle] = useState<MapHandle | null>(null);
  const verbs = useMemo(() => verbsOf(handle, region?.bbox ?? []), [handle, region]);
  const map = (
    <div className={styles.map}>
      <LiveMap incidentId={incidentId} past={past} handle={handle} onHandle={setHandle} />
      {over}
    </div>
  );
  return <MapViewContext.Provider value={verbs}>{children(map)}</MapViewContext.Provider>;
}

interface LiveMapProps {
  incidentId: string | null;
  past: boolean;
  handle: MapHandle | null;
  onHandle: (handle: MapHandle | null) => void;
}

/** Renders each second, as the scene's clock does, without the panels around it. */
function LiveMap({ incidentId, past, handle, onHandle }: LiveMapProps) {
  const t = useT();
  const { region } = useSignedIn();
  const scene = useLocateScene(useScene(incidentId));
  const measure = useMeasure(handle);
  const hover = useCameraUnderPointer(scene.cameras);
  const followed = useDesk(desk => desk.followedUnitId);
  useEffect(() => handle?.follow(followed), [followed, handle]);
  if (!region) return <Notice icon="info" title={t.header.unnamedRegion} full />;
  return (
    <>
      <RegionMap
        ref={onHandle}
        scene={scene}
        bare
        onSelect={past ? leaveAlone : select}
        onFollowEnd={() => setDesk({ followedUnitId: null })}
        onMeasure={measure.onMeasure}
        onHover={hover.onHover}
      />
      {hover.camera && <CameraTip camera={hover.camera} at={hover.at} />}
      <ModeStatus lengthM={measure.lengthM} />
    </>
  );
}

/** The camera that the pointer is on. */
function useCameraUnderPointer(cameras: readonly MapCamera[]) {
  const [hovered, setHovered] = useState<{ id: string; at: { x: number; y: number } } | null>(null);
  const onHover = (target: MapTarget | null, at: { x: number; y: number }) =>
    setHovered(target?.kind === 'camera' ? { id: target.id, at } : null);
  const camera = hovered && cameras.find(({ id }) => id === hovered.id);
  return { onHover, camera, at: hovered?.at ?? { x: 0, y: 0 } };
}

function verbsOf(handle: MapHandle | null, [west, south, east, north]: readonly number[]): MapVerbs {
  return {
    flyTo: position => handle?.flyTo(position),
    fit: positions => handle?.fit(positions, { maxZoom: 14 }),
    fitRegion: () => {
      if (west === undefined || south === undefined || east === undefined || north === undefined) return;
      handle?.fit([
        [west, south],
        [east, north],
      ]);
    },
    zoomBy: steps => handle?.zoomBy(steps),
  };
}

/** Keeps the map's measuring in step with the desk's. A line that was finished stays; one that was left goes. */
function useMeasure(handle: MapHandle | null) {
  const [lengthM, setLengthM] = useState(0);
  const active = useRef(false);
  const measuring = useDesk(desk => desk.mode.kind === 'measure');
  useEffect(() => {
    if (measuring) handle?.startMeasure();
    else if (active.current) handle?.clearMeasure();
  }, [measuring, handle]);
  const onMeasure = (state: { active: boolean; lengthM: number }) => {
    active.current = state.active;
    setLengthM(state.lengthM);
    if (!state.active && deskStore.getState().mode.kind === 'measure') setDesk({ mode: { kind: 'browse' } });
  };
  return { lengthM, onMeasure };
}

const leaveAlone = () => {};

function select(target: MapTarget): void {
  const { mode } = deskStore.getState();
  if (mode.kind === 'measure') return;
  if (mode.kind === 'pick') {
    const position = positionOf(target);
    if (!position) return;
    setDesk({ mode: { kind: 'browse' } });
    const picked =
      target.kind === 'place' || target.kind === 'segment' ? { kind: target.kind, id: target.id } : null;
    mode.onPick({ position, ...(picked && { target: picked }) });
    return;
  }
  if (target.kind === 'point') {
    setDesk({ selection: null });
    showNearest(target.position);
  } else if (target.kind === 'incident') {
    setDesk({ selection: null });
    navigate(deskPath(target.id));
  } else if (target.kind !== 'cluster') {
    if (target.kind === 'place' && believedPlace(target.id)) setLocate({ placeId: target.id });
    setDesk({ selection: { kind: target.kind, id: target.id } });
  }
}

/** What the next click on the map will do, while it is not the usual thing. */
function ModeStatus({ lengthM }: { lengthM: number }) {
  const t = useT();
  const formats = useFormats();
  const mode = useDesk(desk => desk.mode.kind);
  const followed = useDesk(desk => desk.followedUnitId);
  const callsign = useLive(live => (followed === null ? null : live.world.units[followed]?.callsign));
  const done = useDesk(desk => desk.done);
  if (mode === 'browse' && done) {
    return (
      <div className={cardStyles.status} role="status">
        <Icon name="check" /> {done}
      </div>
    );
  }
  if (mode === 'browse' && !callsign) return null;
  return (
    <div className={cardStyles.status} role="status">
      {mode === 'measure' && (
        <>
          <Icon name="measure" /> {lengthM > 0 ? <strong>{formats.distance(lengthM)}</strong> : null}{' '}
          {t.tools.measuring}
        </>
      )}
      {mode === 'pick' && (
        <>
          <Icon name="pin" /> {t.record.picking}
        </>
      )}
      {mode === 'browse' && callsign && (
        <>
          <Icon name="follow" /> {t.tools.following(callsign)}
        </>
      )}
      <IconButton
        icon="close"
        label={t.cancel}
        onPress={() => setDesk(mode === 'browse' ? { followedUnitId: null } : { mode: { kind: 'browse' } })}
      />
    </div>
  );
}
