import { useMemo } from 'react';
import { usePrefs } from '../../app/prefs.ts';
import { liveStore, useLive } from '../../store/live.ts';
import { locateOverlay } from '../../map/layers/locate.ts';
import type { MapScene } from '../../map/scene.ts';
import { shown, useLocate } from './locate-store.ts';
import { receivedBy, toMapPlan, toMapPosterior } from './to-map.ts';

const callsignOf = (unitId: string): string => liveStore.getState().world.units[unitId]?.callsign ?? unitId;

/** The live scene with where she may be and the plan, while the look at her trace is open. */
export function useLocateScene(scene: MapScene): MapScene {
  const lang = usePrefs(prefs => prefs.lang);
  const belief = useLocate(shown);
  const looks = useLocate(locate => locate.looks);
  const unitId = useLocate(locate => locate.unitId);
  const posterior = useMemo(() => belief && toMapPosterior(belief.posterior, lang), [belief, lang]);
  const plan = useMemo(
    () => belief && toMapPlan(belief.plan, looks, callsignOf, unitId),
    [belief, looks, unitId],
  );
  const past = useLocate(locate => locate.past?.mark.at ?? null);
  const incidentId = useLocate(locate => locate.look?.incidentId ?? '');
  const known = useLive(live => live.world.incidents[incidentId]?.sightings);
  const { sightings } = scene;
  const then = useMemo(
    () => (past === null || !known ? sightings : receivedBy(past, sightings, known)),
    [past, sightings, known],
  );
  return useMemo(() => {
    if (!posterior || !plan) return scene;
    const shownNow = { ...scene, posterior, plan, overlay: locateOverlay };
    return past === null ? shownNow : { ...shownNow, sightings: then, routes: nothing, nearest: null };
  }, [scene, posterior, plan, past, then]);
}

/** Ways and nearest units are of now: they have no place beside what was believed earlier. */
const nothing: MapScene['routes'] = [];
