/** What happens to one ping on its way to being a fix. Each stage fills in its part or says why the ping is refused. */
import { hash } from 'node:crypto';
import type { Crs } from '#contract/common.ts';
import type { Actor } from '../auth/actor.ts';
import type { DeviceEntry, Directory, UnitEntry } from '../live/directory.ts';
import type { Fix } from '../live/fix.ts';
import { toWgs84 } from './coordinates.ts';
import type { Ping } from './ping.ts';

/** The device whose token came with the request. A gateway speaks for all devices, the others for their own unit. */
export type Reporter = Extract<Actor, { kind: 'device' }>;

interface StageContext {
  reporter: Reporter;
  directory: Pick<Directory, 'unit' | 'devicesNamed'>;
  receivedAtMs: number;
}

/** A fix in the making beside the ping that it comes from. */
export interface Draft {
  readonly ping: Ping;
  readonly fix: Fix;
}

/** Returns the reason of a refusal, or nothing. */
export type Stage = (draft: Draft, context: StageContext) => string | undefined;

/** Further ahead of our clock than this, a fix is kept but never the latest. */
const futureAfterMs = 60_000;
/** A device clock before this (2010) was never set. */
const earliestMs = Date.UTC(2010, 0, 1);
/** The last instant that every part of the system can write: the year 9999. */
const latestMs = Date.UTC(9999, 11, 31);
const keyBytes = 16;
/** Why a ping is refused whose device nobody registered: it goes into quarantine (server/routes/feeds.ts). */
export const unknownDevice = 'unknown device';

export function draftOf(ping: Ping, receivedAtMs: number): Draft {
  const { observedAtMs, lng, lat, accuracyM, speedMps, courseDeg, batteryPct } = ping;
  const measured = { accuracyM, speedMps, courseDeg, batteryPct };
  const unknown = { deviceId: '', unitId: '', slot: -1, stationId: null, future: false, key: '' };
  const raw = { rawLng: lng, rawLat: lat, rawCrs: ping.crs ?? '' };
  return { ping, fix: { ...unknown, observedAtMs, receivedAtMs, lng, lat, ...measured, ...raw } };
}

/** Whose ping is it, and may this sender speak for it? */
export const attribute: Stage = ({ ping, fix }, { reporter, directory }) => {
  const sender =
    reporter.protocol === 'gateway' ? spokenFor(ping, reporter, directory) : itself(ping, reporter);
  if (typeof sender === 'string') return sender;
  const unit: UnitEntry | undefined = directory.unit(sender.unitId);
  if (!unit) return 'unknown unit';
  fix.deviceId = sender.deviceId;
  fix.unitId = unit.unitId;
  fix.slot = unit.slot;
  fix.stationId = unit.stationId;
  fix.rawCrs ||= sender.crs;
  return undefined;
};

interface Sender {
  deviceId: string;
  unitId: string;
  crs: Crs;
}

function itself(ping: Ping, reporter: Reporter): Sender | string {
  const otherUnit = ping.unitId !== undefined && ping.unitId !== reporter.unitId;
  const otherDevice = ping.identifier !== undefined && ping.identifier !== reporter.identifier;
  if (otherUnit || otherDevice) return 'this token speaks only for its own device and unit';
  if (reporter.unitId === null) return 'this device is carried by no unit';
  return { deviceId: reporter.deviceId, unitId: reporter.unitId, crs: reporter.crs };
}

function spokenFor(ping: Ping, reporter: Reporter, directory: StageContext['directory']): Sender | string {
  if (ping.identifier === undefined) {
    if (ping.unitId === undefined) return 'expected unitId or device: a gateway speaks for many';
    return { deviceId: reporter.deviceId, unitId: ping.unitId, crs: reporter.crs };
  }
  const device = theOne(directory.devicesNamed(ping.identifier));
  if (device === undefined) return unknownDevice;
  if (device === 'ambiguous') return 'several devices of different protocols have this identifier';
  if (device.unitId === null) return 'this device is carried by no unit';
  if (ping.unitId !== undefined && ping.unitId !== device.unitId) return 'device and unitId disagree';
  return { deviceId: device.deviceId, unitId: device.unitId, crs: device.crs };
}

/** Identifiers are unique within a protocol; a gateway does not say which, so the JSON feed's own come first. */
function theOne(devices: readonly DeviceEntry[]): DeviceEntry | 'ambiguous' | undefined {
  if (devices.length <= 1) return devices[0];
  return devices.find(device => device.protocol === 'positions') ?? 'ambiguous';
}

/** WGS-84 from here on; what was sent stays beside it. */
export const normaliseCoordinates: Stage = ({ fix }) => {
  if (!(Math.abs(fix.rawLng) <= 180 && Math.abs(fix.rawLat) <= 90))
    return 'expected lng within ±180 and lat within ±90';
  const position = toWgs84({ lng: fix.rawLng, lat: fix.rawLat }, fix.rawCrs as Crs);
  fix.lng = position.lng;
  fix.lat = position.lat;
  return undefined;
};

/** Refuses what cannot be a position of a unit, and drops single measures that cannot be. */
export const validate: Stage = ({ fix }, { receivedAtMs }) => {
  // Receivers without a fix send zeros.
  if (fix.rawLng === 0 && fix.rawLat === 0) return 'no fix: lng and lat are 0';
  if (!(fix.observedAtMs >= earliestMs && fix.observedAtMs <= latestMs)) {
    return 'expected a time between 2010 and 9999';
  }
  fix.accuracyM = within(fix.accuracyM, 0, 1e6);
  fix.speedMps = within(fix.speedMps, 0, 400);
  fix.courseDeg = within(fix.courseDeg, 0, 360);
  fix.batteryPct = within(fix.batteryPct, 0, 100);
  fix.future = fix.observedAtMs > receivedAtMs + futureAfterMs;
  return undefined;
};

const within = (value: number | null, least: number, most: number): number | null =>
  value !== null && value >= least && value <= most ? value : null;

/** Names the ping by its content, so that the store can tell a repeated one. */
export const identify: Stage = ({ ping, fix }) => {
  const content = [
    fix.deviceId,
    fix.unitId,
    fix.observedAtMs,
    fix.rawLng,
    fix.rawLat,
    fix.rawCrs,
    ping.accuracyM,
    ping.speedMps,
    ping.courseDeg,
    ping.batteryPct,
  ];
  fix.key = hash('sha256', content.join('|'), 'hex').slice(0, 2 * keyBytes);
  return undefined;
};
