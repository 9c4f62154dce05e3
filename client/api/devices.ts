import type { AdmitBody, DeviceRow, UnknownDevice } from '#contract/device.ts';
import { call } from './http.ts';

interface List<T> {
  items: T[];
}
interface Registered {
  deviceId: string;
  token: string | null;
}

const at = (id: string) => `/api/devices/${encodeURIComponent(id)}`;
const unknownAt = (id: string) => `/api/unknown-devices/${encodeURIComponent(id)}`;

export const fetchDevices = async (signal: AbortSignal) =>
  (await call<List<DeviceRow>>('GET', '/api/devices', { signal })).items;
export const fetchUnknownDevices = async (signal: AbortSignal) =>
  (await call<List<UnknownDevice>>('GET', '/api/unknown-devices', { signal })).items;
export const fetchUnits = async (signal: AbortSignal) =>
  (
    await call<List<{ id: string; callsign: string }>>('GET', '/api/units', {
      query: { limit: 1000 },
      signal,
    })
  ).items;
export const addDevice = (body: { unitId?: string; protocol: string; identifier: string; crs: string }) =>
  call<Registered>('POST', '/api/devices', { body });
export const rotateDevice = (id: string) =>
  call<{ token: string | null; previousUntil: string }>('POST', `${at(id)}/rotate`);
export const revokeDevice = (id: string) => call<void>('DELETE', at(id));
export const admitDevice = (id: string, body: AdmitBody) =>
  call<Registered>('POST', `${unknownAt(id)}/admit`, { body });
export const dismissDevice = (id: string) => call<void>('DELETE', unknownAt(id));
