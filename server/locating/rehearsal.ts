/** Made-up incidents, so that code and tables are warm when the first alert of the day comes. */
import type { Snap } from '#road/access.ts';
import type { RoadRouter } from '#road/router.ts';
import type { LngLat } from '#road/geo.ts';
import type { StandingSighting } from '../../db/queries/belief.ts';
import type { BeliefQuestion, GroundTables, QuestionUnit } from './protocol.ts';

/** As large as a usual fleet, and as many incidents as share it. */
const unitCount = 40;
const incidentCount = 2;
const minuteMs = 60_000;
/** Any day will do. */
const openedAtMs = Date.UTC(2026, 0, 5, 2);

/** Questions in the order in which they may be asked: a new incident, and what becomes known of it. Empty without roads. */
export function rehearsal(tables: GroundTables, router: RoadRouter): BeliefQuestion[] {
  const homes = tables.places.filter(({ kind }) => kind === 'residence').map(({ position }) => position);
  const { stations, antennas, cameras } = tables;
  const posts = [...stations.map(({ position }) => position), ...homes].slice(0, unitCount);
  const units = posts.flatMap((position, i) => {
    const at = router.snap(position);
    return at ? [unitAt(at, i)] : [];
  });
  const home = homes[homes.length >> 1] ?? stations[0]?.position;
  if (!home) return [];
  const antenna = nearest(antennas, home, ({ site }) => site);
  const camera = nearest(cameras, home, ({ position }) => position);
  const facts: StandingSighting['detail'][] = [
    { kind: 'report', credibility: 0.8, departedAt: new Date(openedAtMs - 5 * minuteMs).toISOString() },
    ...(antenna ? [{ kind: 'cell', ...antenna, site: lngLat(antenna.site) } as const] : []),
    ...(camera ? [{ kind: 'camera', position: lngLat(camera.position) } as const] : []),
  ];
  return facts.flatMap((_, known) =>
    Array.from({ length: incidentCount }, (__, incident) => ({
      ...bare,
      incidentId: `rehearsal ${incident}`,
      nowMs: openedAtMs + (known + 1) * 2 * minuteMs,
      home: lngLat(home),
      sightings: facts.slice(0, known + 1).map((detail, i) => ({
        id: `fact ${i}`,
        observedAtMs: openedAtMs + i * minuteMs,
        detail,
      })),
      units,
    })),
  );
}

const bare: Omit<BeliefQuestion, 'incidentId' | 'nowMs' | 'home' | 'sightings' | 'units'> = {
  openedAtMs,
  scamType: 'fakePolice',
  risk: 'extraHigh',
  amount: null,
  plateKnown: true,
  downCameraIds: [],
  restBefore: null,
  priors: { weights: [], counts: [] },
  closed: { edges: [], darts: [] },
  unavailable: [],
};

const unitAt = (at: Snap, i: number): QuestionUnit => ({
  id: `unit ${i}`,
  callsign: '',
  stationId: null,
  kind: 'car',
  sworn: 1,
  auxiliary: 1,
  at,
  fixAgeS: 0,
  moving: false,
  untilMs: null,
  tasks: [],
  refused: [],
});

const lngLat = ([lng, lat]: LngLat) => ({ lng, lat });

function nearest<T>(list: readonly T[], [lng, lat]: LngLat, at: (each: T) => LngLat): T | undefined {
  const away = (each: T): number => Math.hypot(at(each)[0] - lng, at(each)[1] - lat);
  return list.reduce<T | undefined>(
    (best, each) => (best && away(best) <= away(each) ? best : each),
    undefined,
  );
}
