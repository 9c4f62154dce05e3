import type {
  DutyNow,
  OfficerBody,
  OfficerPatch,
  RosterImport,
  RosterView,
  ShiftBody,
  ShiftPatch,
  VehicleBody,
  VehiclePatch,
} from '#contract/roster.ts';
import { call } from './http.ts';

export type { RosterImport, RosterView };

const at = (what: 'officers' | 'vehicles' | 'shifts', id: string) => `/api/${what}/${encodeURIComponent(id)}`;

export const fetchRoster = (from: string, to: string, signal: AbortSignal) =>
  call<RosterView>('GET', '/api/roster', { query: { from, to }, signal });
export const fetchDutyNow = (signal: AbortSignal) => call<DutyNow>('GET', '/api/roster/now', { signal });

export const planShift = (body: ShiftBody) => call<unknown>('POST', '/api/shifts', { body });
export const changeShift = (id: string, body: ShiftPatch) =>
  call<unknown>('PATCH', at('shifts', id), { body });
export const cancelShift = (id: string) => call<unknown>('DELETE', at('shifts', id));

export const addOfficer = (body: OfficerBody) => call<unknown>('POST', '/api/officers', { body });
export const changeOfficer = (id: string, body: OfficerPatch) =>
  call<unknown>('PATCH', at('officers', id), { body });
export const removeOfficer = (id: string) => call<unknown>('DELETE', at('officers', id));

export const addVehicle = (body: VehicleBody) => call<unknown>('POST', '/api/vehicles', { body });
export const changeVehicle = (id: string, body: VehiclePatch) =>
  call<unknown>('PATCH', at('vehicles', id), { body });
export const removeVehicle = (id: string) => call<unknown>('DELETE', at('vehicles', id));

/** Hands in a table as it is; `preview` plans nothing. */
export const importRoster = (file: Blob, preview: boolean) =>
  call<RosterImport>('POST', '/api/roster/import', { query: { preview: String(preview) }, file });
