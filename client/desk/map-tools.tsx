import { Switch } from 'react-aria-components';
import { useT } from '../i18n/use-t.ts';
import type { LayerSwitches } from '../map/scene.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { CloseRoadButton } from './roads/close-road-button.tsx';
import { Legend } from './legend.tsx';
import styles from './map-tools.module.css';
import { deskStore, setDesk, togglePanel, useDesk } from './desk-store.ts';
import { useMapView } from './map-view-context.ts';

/** Buttons at the map's right edge, each with its key. */
export function MapTools() {
  const t = useT();
  const map = useMapView();
  const panel = useDesk(desk => desk.panel);
  const measuring = useDesk(desk => desk.mode.kind === 'measure');
  return (
    <div className={styles.tools} role="toolbar" aria-label={t.tools.title}>
      <div className={styles.buttons}>
        <IconButton icon="plus" label={t.tools.zoomIn} onPress={() => map.zoomBy(1)} />
        <IconButton icon="minus" label={t.tools.zoomOut} onPress={() => map.zoomBy(-1)} />
        <IconButton icon="fit" label={t.tools.fit} shortcut="f" onPress={map.fitRegion} />
        <IconButton
          icon="measure"
          label={t.tools.measure}
          shortcut="m"
          isActive={measuring}
          onPress={() => setDesk({ mode: { kind: measuring ? 'browse' : 'measure' } })}
        />
        <CloseRoadButton />
        <IconButton
          icon="layers"
          label={t.tools.layers}
          shortcut="l"
          isActive={panel === 'layers'}
          onPress={() => togglePanel('layers')}
        />
        <IconButton
          icon="list"
          label={t.tools.legend}
          isActive={panel === 'legend'}
          onPress={() => togglePanel('legend')}
        />
      </div>
      {panel === 'layers' && <Layers />}
      {panel === 'legend' && <Legend />}
    </div>
  );
}

const layerNames: readonly (keyof LayerSwitches)[] = [
  'units',
  'unitLabels',
  'stations',
  'jurisdictions',
  'places',
  'segments',
  'cameras',
  'coverage',
  'posterior',
  'plan',
  'searched',
  'buildings3d',
];

function Layers() {
  const t = useT();
  const switches = useDesk(desk => desk.switches);
  return (
    <section className={styles.panel} aria-label={t.tools.layers}>
      <h3>{t.tools.layers}</h3>
      {layerNames.map(name => (
        <Switch
          key={name}
          className={styles.switch ?? ''}
          isSelected={switches[name]}
          onChange={on => setDesk({ switches: { ...deskStore.getState().switches, [name]: on } })}
        >
          <span className={styles.track} />
          {t.layers[name]}
        </Switch>
      ))}
    </section>
  );
}
