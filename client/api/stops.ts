import type { BankBody, BankImport, BankView } from '#contract/bank.ts';
import type {
  StopAnswerBody,
  StopBody,
  StopCorrectBody,
  StopLetter,
  StopList,
} from '#contract/stop-payment.ts';
import { call } from './http.ts';

export type { BankImport, BankView, StopLetter, StopList };

const ofIncident = (incidentId: string) => `/api/incidents/${encodeURIComponent(incidentId)}/stop-payments`;
const at = (stopId: string, rest: string) => `/api/stop-payments/${encodeURIComponent(stopId)}/${rest}`;
const bankAt = (bankId: string) => `/api/banks/${encodeURIComponent(bankId)}`;

export const fetchStops = (incidentId: string, signal: AbortSignal) =>
  call<StopList>('GET', ofIncident(incidentId), { signal });
export const requestStop = (incidentId: string, body: StopBody) =>
  call<{ stopId: string }>('POST', ofIncident(incidentId), { body });
export const requestAllStops = (incidentId: string) =>
  call<{ stopIds: string[] }>('POST', `${ofIncident(incidentId)}/all`);
export const answerStop = (stopId: string, verb: 'confirm' | 'refuse', body: StopAnswerBody) =>
  call<unknown>('POST', at(stopId, verb), { body });
export const correctStop = (stopId: string, body: StopCorrectBody) =>
  call<unknown>('POST', at(stopId, 'correct'), { body });
export const withdrawStop = (stopId: string, reason: string) =>
  call<unknown>('POST', at(stopId, 'withdraw'), { body: { reason } });
/** Each call is audited. */
export const fetchLetter = (stopId: string, signal: AbortSignal) =>
  call<StopLetter>('GET', at(stopId, 'letter'), { signal });

export const fetchBanks = async (signal: AbortSignal) =>
  (await call<{ items: BankView[] }>('GET', '/api/banks', { signal })).items;
export const addBank = (body: BankBody) => call<unknown>('POST', '/api/banks', { body });
export const changeBank = (bankId: string, body: BankBody) => call<unknown>('PUT', bankAt(bankId), { body });
export const removeBank = (bankId: string) => call<unknown>('DELETE', bankAt(bankId));
/** Hands in a table as it is; `preview` changes nothing. */
export const importBanks = (file: Blob, preview: boolean) =>
  call<BankImport>('POST', '/api/banks/import', { query: { preview: String(preview) }, file });
