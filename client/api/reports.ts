/** The weekly bulletin. */
import type { Bulletin, BulletinRow } from '#contract/bulletin.ts';
import { call } from './http.ts';

export type { Bulletin, BulletinRow };

export const fetchBulletin = (week: string, signal: AbortSignal) =>
  call<Bulletin>('GET', '/api/reports/weekly', { query: { week }, signal });
/** Where the bulletin is to be had as a file. */
export const bulletinFile = (week: string, asOf: string, format: 'xlsx' | 'pdf') =>
  `/api/reports/weekly?${new URLSearchParams({ week, asOf, format })}`;
