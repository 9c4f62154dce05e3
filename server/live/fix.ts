/** An accepted position: WGS-84 degrees, attributed to the device that sent it and the unit that carries it. */
export interface Fix {
  deviceId: string;
  unitId: string;
  /** Number of the unit in position frames. */
  slot: number;
  stationId: string | null;
  /** When the device was there, and when we knew; ms since 1970. */
  observedAtMs: number;
  receivedAtMs: number;
  lng: number;
  lat: number;
  accuracyM: number | null;
  speedMps: number | null;
  courseDeg: number | null;
  batteryPct: number | null;
  /** As sent, before conversion. */
  rawLng: number;
  rawLat: number;
  rawCrs: string;
  /** Too far ahead of our clock: stored, never 'latest'. */
  future: boolean;
  /** Hexadecimal hash of device, time and everything that was sent: equal for a re-sent ping, and only for it. */
  key: string;
}
