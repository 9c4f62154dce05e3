import { useEffect, useMemo, useState } from 'react';
import type { LayerName } from '#contract/layer-columns.ts';
import type { PreviewReply } from '#contract/layer.ts';
import {
  fetchCameras,
  fetchPlaces,
  fetchStations,
  type Camera,
  type Place,
  type Station,
} from '../../api/reference.ts';
import { usePrefs } from '../../app/prefs.ts';
import { useSignedIn } from '../../app/session.ts';
import { RegionMap } from '../../desk/region-map.tsx';
import { toMapCameras, toMapJurisdictions, toMapPlaces, toMapStations } from '../../desk/scene.ts';
import { fetchServedGround } from '../../desk/served-ground.ts';
import { useQuery } from '../../desk/use-query.ts';
import { layersTexts } from '../../i18n/sections/layers.ts';
import { useTexts } from '../../i18n/use-t.ts';
import type { MapHandle } from '../../map/map-view.tsx';
import {
  defaultSwitches,
  type LngLat,
  type MapPreviewThing,
  type MapScene,
  type ServedGround,
} from '../../map/scene.ts';
import { UnitSlots } from '../../map/sources/unit-slots.ts';
import styles from './layers.module.css';

interface LayersMapProps {
  layer: LayerName;
  /** Version in use: another one has other things to show. */
  versionId: string | null;
  shown: PreviewReply | null;
}

/** The layer as it is; while a file is looked at, as it would be. */
export function LayersMap({ layer, versionId, shown }: LayersMapProps) {
  const texts = useTexts(layersTexts);
  const [handle, setHandle] = useState<MapHandle | null>(null);
  const scene = useLayerScene(layer, versionId, shown);
  useEffect(() => {
    const changed = shown?.features.filter(({ properties }) => properties.change !== 'same') ?? [];
    const positions = changed.flatMap(({ geometry }) => positionsOf(geometry.coordinates));
    if (positions.length > 0) handle?.fit(positions, { maxZoom: 14 });
  }, [shown, handle]);
  return (
    <div className={styles.map}>
      <RegionMap ref={setHandle} scene={scene} />
      {shown && (
        <ul className={styles.mapLegend} aria-label={texts.showOnMap}>
          {(['added', 'changed', 'removed', 'same'] as const).map(change => (
            <li key={change} data-change={change}>
              {texts.legend[change]}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** All positions of a geometry of any depth. */
function positionsOf(coordinates: readonly unknown[]): LngLat[] {
  if (typeof coordinates[0] === 'number') return [coordinates as LngLat];
  return (coordinates as unknown[][]).flatMap(positionsOf);
}

interface Things {
  stations: Station[];
  places?: Place[];
  cameras?: Camera[];
  served?: ServedGround[];
}

/** Stations always, for finding one's way; of the rest what belongs to the layer. */
async function fetchThings(layer: LayerName): Promise<Things> {
  const stations = await fetchStations();
  switch (layer) {
    case 'places':
      return { stations, places: await fetchPlaces() };
    case 'cameras':
      return { stations, cameras: await fetchCameras() };
    case 'cells':
      return { stations, served: await fetchServedGround() };
    default:
      return { stations };
  }
}

const noUnits = new UnitSlots();
const none: readonly never[] = [];

function useLayerScene(layer: LayerName, versionId: string | null, shown: PreviewReply | null): MapScene {
  const tilesUrl = useSignedIn().region?.tilesUrl ?? '';
  const theme = usePrefs(prefs => prefs.theme);
  const lang = usePrefs(prefs => prefs.lang);
  const { data } = useQuery(versionId && `${layer} ${versionId}`, () => fetchThings(layer));
  const preview = useMemo(
    () => shown?.features.map(({ geometry, properties }) => ({ ...properties, geometry }) as MapPreviewThing),
    [shown],
  );
  return useMemo(() => {
    const previewing = preview !== undefined;
    const areas = layer === 'stations' || layer === 'jurisdictions';
    return {
      tilesUrl,
      theme,
      lang,
      nowAt: 0,
      units: noUnits,
      incidents: none,
      sightings: none,
      posterior: null,
      stations: toMapStations(data?.stations ?? []),
      jurisdictions: toMapJurisdictions(data?.stations ?? []),
      places: toMapPlaces(data?.places ?? []),
      segments: none,
      cameras: toMapCameras(data?.cameras ?? [], downOf(data?.cameras ?? []), undefined, none),
      coverage: {
        served: data?.served ?? none,
        watched: none,
        unwatched: none,
        exits: none,
      },
      ...(preview && { preview }),
      closures: none,
      nearest: null,
      routes: none,
      isochrone: null,
      selection: null,
      switches: {
        ...defaultSwitches,
        stations: layer !== 'stations' || !previewing,
        jurisdictions: areas && !previewing,
        places: layer === 'places' && !previewing,
        cameras: layer === 'cameras' && !previewing,
        coverage: layer === 'cells' && !previewing,
      },
    };
  }, [tilesUrl, theme, lang, layer, data, preview]);
}

/** This page has no stream; the list itself says which cameras are down. */
function downOf(cameras: readonly Camera[]): Record<string, string> {
  return Object.fromEntries(
    cameras.flatMap(({ id, downSince }) => (downSince === null ? [] : [[id, downSince]])),
  );
}
