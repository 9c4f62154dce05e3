import { setCameraState } from '../api/reference.ts';
import { maySetCameraState } from '../app/rights.ts';
import { useSignedIn } from '../app/session.ts';
import { coverageTexts } from '../i18n/sections/coverage.ts';
import { useFormats, useTexts } from '../i18n/use-t.ts';
import type { MapCamera } from '../map/scene.ts';
import { useLive } from '../store/live.ts';
import { Button } from '../ui/button.tsx';
import { Problem } from '../ui/section.tsx';
import styles from './camera-state.module.css';
import { sayDone } from './desk-store.ts';
import { useAction } from './use-action.ts';

/** Whether a camera works, in words: 'down since', and while a trace is open what it says of her. */
export function useCameraWords(): (camera: Pick<MapCamera, 'id' | 'watch'>) => string {
  const texts = useTexts(coverageTexts);
  const formats = useFormats();
  const downCameras = useLive(live => live.world.downCameras);
  return ({ id, watch }) => {
    const since = downCameras[id];
    const state = since === undefined ? texts.working : texts.downSince(formats.stamp(Date.parse(since)));
    return watch === undefined ? state : `${state} · ${texts.watch[watch]}`;
  };
}

/** In a camera's card: its state, and the button that changes it. */
export function CameraState({ camera }: { camera: Pick<MapCamera, 'id' | 'name' | 'watch'> }) {
  const texts = useTexts(coverageTexts);
  const words = useCameraWords();
  const { role } = useSignedIn();
  const isDown = useLive(live => live.world.downCameras[camera.id] !== undefined);
  const { problem, busy, run } = useAction();
  const change = () =>
    run(async () => {
      await setCameraState(camera.id, isDown);
      sayDone(isDown ? texts.saidWorking(camera.name) : texts.saidDown(camera.name));
    });
  return (
    <>
      <p className={isDown ? styles.down : styles.state}>{words(camera)}</p>
      {maySetCameraState(role) && (
        <Button size="s" icon={isDown ? 'check' : 'warning'} isDisabled={busy} onPress={() => void change()}>
          {isDown ? texts.setWorking : texts.setDown}
        </Button>
      )}
      <Problem>{problem}</Problem>
    </>
  );
}
