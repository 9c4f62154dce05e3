/** The weekly bulletin, and how right the beliefs were. */
import type { Bulletin, BulletinRow } from '#contract/bulletin.ts';
import type { Calibration } from '#contract/calibration.ts';
import { call } from './http.ts';

export type { Bulletin, BulletinRow, Calibration };

/** Null: the week that runs, by the server's clock. */
export const fetchBulletin = (week: string | null, signal: AbortSignal) =>
  call<Bulletin>('GET', '/api/reports/weekly', { query: { week: week ?? undefined }, signal });
/** Where the bulletin is to be had as a file. */
export const bulletinFile = (week: string, asOf: string, format: 'xlsx' | 'pdf') =>
  `/api/reports/weekly?${new URLSearchParams({ week, asOf, format })}`;

export const fetchCalibration = (signal: AbortSignal) =>
  call<Calibration>('GET', '/api/reports/calibration', { signal });
