import { Icon } from '../ui/icons/icon.tsx';
import type { IconName } from '../ui/icons/icons.ts';
import type { CameraView } from './engine/camera.ts';
import type { Lang } from './scene.ts';
import { distanceText, scaleBar } from './sources/age.ts';
import { words } from './words.ts';

export interface MapControlsProps {
  lang: Lang;
  view: CameraView;
  attribution: string;
  bare: boolean;
  /** Size of text against a desk screen. */
  scale: number;
  measuring: boolean;
  onZoom: (steps: number) => void;
  onNorth: () => void;
  onHome: () => void;
  onMeasure: () => void;
}

const longestBarPx = 130;

/** Buttons, scale bar and attribution in the corner of the map. */
export function MapControls(props: MapControlsProps) {
  const { lang, view, attribution, bare, scale, measuring } = props;
  const { metres, widthPx } = scaleBar(view.metresPerPx, longestBarPx * scale);
  const say = words[lang];
  const turned = Math.abs(view.bearingDeg) > 0.5;
  return (
    <>
      {!bare && (
        <div className="jm-map-buttons">
          <MapButton icon="plus" label={say.zoomIn} onPress={() => props.onZoom(1)} />
          <MapButton icon="minus" label={say.zoomOut} onPress={() => props.onZoom(-1)} />
          <MapButton icon="fit" label={say.fit} onPress={props.onHome} />
          <MapButton icon="measure" label={say.measure} pressed={measuring} onPress={props.onMeasure} />
          {turned && (
            <MapButton icon="compass" label={say.north} turnDeg={-view.bearingDeg} onPress={props.onNorth} />
          )}
        </div>
      )}
      <div className="jm-map-foot">
        <span className="jm-map-attribution">{attribution}</span>
        <span className="jm-map-scale" style={{ width: widthPx }}>
          {distanceText(metres, lang)}
        </span>
      </div>
    </>
  );
}

interface MapButtonProps {
  icon: IconName;
  label: string;
  onPress: () => void;
  pressed?: boolean;
  turnDeg?: number;
}

function MapButton({ icon, label, onPress, pressed, turnDeg }: MapButtonProps) {
  return (
    <button type="button" aria-label={label} title={label} aria-pressed={pressed} onClick={onPress}>
      <Icon name={icon} style={turnDeg === undefined ? {} : { transform: `rotate(${turnDeg}deg)` }} />
    </button>
  );
}
