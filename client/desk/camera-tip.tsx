import type { MapCamera } from '../map/scene.ts';
import styles from './camera-state.module.css';
import { useCameraWords } from './camera-state.tsx';

/** Beside the pointer: what a camera is called, and whether its silence means anything. */
export function CameraTip({ camera, at }: { camera: MapCamera; at: { x: number; y: number } }) {
  const words = useCameraWords();
  return (
    <div className={styles.tip} style={{ left: at.x, top: at.y }} role="tooltip">
      <strong>{camera.name}</strong>
      {words(camera)}
    </div>
  );
}
