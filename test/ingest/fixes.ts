import type { Reporter } from '../../server/ingest/stages.ts';
import type { Fix } from '../../server/live/fix.ts';

export const nowMs = Date.UTC(2026, 10, 22, 3);

/** A sound fix; what matters to a test is named by it. */
export const fixOf = (given: Partial<Fix>): Fix => ({
  deviceId: 'dev-1',
  unitId: 'unt-1',
  slot: 1,
  stationId: null,
  observedAtMs: nowMs,
  receivedAtMs: nowMs,
  lng: 103.3,
  lat: 24.8,
  accuracyM: null,
  speedMps: null,
  courseDeg: null,
  batteryPct: null,
  rawLng: 103.3,
  rawLat: 24.8,
  rawCrs: 'wgs84',
  future: false,
  key: '00',
  ...given,
});

export const phone: Reporter = {
  kind: 'device',
  deviceId: 'dev-1',
  unitId: 'unt-1',
  protocol: 'osmand',
  identifier: '860001',
  crs: 'wgs84',
};
export const gateway: Reporter = {
  kind: 'device',
  deviceId: 'dev-gw',
  unitId: null,
  protocol: 'gateway',
  identifier: 'gw',
  crs: 'gcj02',
};
