/** The weekly bulletin. */
import type { Bulletin, BulletinRow } from '#contract/bulletin.ts';
import { call } from './http.ts';

export type { Bulletin, BulletinRow };

/** Null: the week that runs, by the server's clock. */
export const fetchBulletin = (week: string | null, signal: AbortSignal) =>
  call<Bulletin>('GET', '/api/reports/weekly', { query: { week: week ?? undefined }, signal });
/** Where the bulletin is to be had as a file. */
export const bulletinFile = (week: string, asOf: string, format: 'xlsx' | 'pdf') =>
  `/api/reports/weekly?${new URLSearchParams({ week, asOf, format })}`;
