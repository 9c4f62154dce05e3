import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { deskPath, navigate } from '../app/router.ts';
import { useSignedIn } from '../app/session.ts';
import { useFormats, useT } from '../i18n/use-t.ts';
import { MapBoundary } from '../ui/map-boundary.tsx';
import { MapView, type MapHandle } from '../map/map-view.tsx';
import type { MapTarget } from '../map/scene.ts';
import { useLive } from '../store/live.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { Icon } from '../ui/icons/icon.tsx';
import { Notice } from '../ui/notice.tsx';
import { deskStore, setDesk, useDesk } from './desk-store.ts';
import cardStyles from './map-card.module.css';
import { MapViewContext, type MapVerbs } from './map-view-context.ts';
import { showNearest } from './nearest.ts';
import styles from './desk-page.module.css';
import { positionOf } from './target-position.ts';
import { useScene } from './use-scene.ts';

/** The map with what lies over it, and the panels beside it, which may ask the map for things. */
export function MapPane({
  incidentId,
  over,
  children,
}: {
  incidentId: string | null;
  over: ReactNode;
  children: (map: ReactNode) => ReactNode;
}) {
  const t = useT();
  const { region } = useSignedIn();
  const scene = useScene(incidentId);
  const handle = useRef<MapHandle>(null);
  const [lengthM, setLengthM] = useState(0);
  const verbs = useVerbs(handle, region?.bbox);
  useMapMode(handle);

  const map = (
    <div className={styles.map}>
      {region ? (
        <MapBoundary>
          <MapView
            ref={handle}
            scene={scene}
            home={region.bbox as [number, number, number, number]}
            attribution={region.attribution}
            bare
            onSelect={select}
            onFollowEnd={() => setDesk({ followedUnitId: null })}
            onMeasure={({ active, lengthM: measured }) => {
              setLengthM(measured);
              if (!active && deskStore.getState().mode.kind === 'measure')
                setDesk({ mode: { kind: 'browse' } });
            }}
          />
        </MapBoundary>
      ) : (
        <Notice icon="info" title={t.header.unnamedRegion} full />
      )}
      <ModeStatus lengthM={lengthM} />
      {over}
    </div>
  );
  return <MapViewContext.Provider value={verbs}>{children(map)}</MapViewContext.Provider>;
}

function useVerbs(handle: { current: MapHandle | null }, bbox: readonly number[] | undefined): MapVerbs {
  const [west, south, east, north] = bbox ?? [];
  return useMemo(
    () => ({
      flyTo: position => handle.current?.flyTo(position),
      fit: positions => handle.current?.fit(positions, { maxZoom: 14 }),
      fitRegion: () => {
        if (west === undefined || south === undefined || east === undefined || north === undefined) return;
        handle.current?.fit([
          [west, south],
          [east, north],
        ]);
      },
      zoomBy: steps => handle.current?.zoomBy(steps),
    }),
    [handle, west, south, east, north],
  );
}

/** Keeps the map's own tools in step with what the person at the desk is doing. */
function useMapMode(handle: { current: MapHandle | null }): void {
  const measuring = useDesk(desk => desk.mode.kind === 'measure');
  const followed = useDesk(desk => desk.followedUnitId);
  const was = useRef(false);
  useEffect(() => {
    if (measuring) handle.current?.startMeasure();
    else if (was.current) handle.current?.clearMeasure();
    was.current = measuring;
  }, [measuring, handle]);
  useEffect(() => handle.current?.follow(followed), [followed, handle]);
}

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
