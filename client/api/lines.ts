import type { Line } from '#contract/kinds.ts';
import type {
  AskReply,
  ContactBody,
  ContactReply,
  ContactView,
  EarlierIncident,
  KnownReply,
  SmsBody,
  TraceRequestBody,
  TraceRequestView,
} from '#contract/lines.ts';
import { call } from './http.ts';

const at = (incidentId: string, rest: string) => `/api/incidents/${encodeURIComponent(incidentId)}/${rest}`;
const itemsOf = async <T>(path: string, signal: AbortSignal): Promise<T[]> =>
  (await call<{ items: T[] }>('GET', path, { signal })).items;

export const takeLine = (incidentId: string, line: Line, take: boolean) =>
  call<unknown>('POST', at(incidentId, 'lines'), { body: { line, take } });

export const fetchRequests = (incidentId: string, signal: AbortSignal) =>
  itemsOf<TraceRequestView>(at(incidentId, 'trace-requests'), signal);
export const makeRequest = (incidentId: string, body: TraceRequestBody) =>
  call<unknown>('POST', at(incidentId, 'trace-requests'), { body });
export const askForRequests = (incidentId: string) =>
  call<AskReply>('POST', at(incidentId, 'trace-requests/ask'), { body: {} });
export const endRequest = (requestId: string, verb: 'answer' | 'fail' | 'withdraw', note?: string) =>
  call<unknown>('POST', `/api/trace-requests/${encodeURIComponent(requestId)}/${verb}`, {
    body: note === undefined ? {} : { note },
  });

export const fetchContacts = (incidentId: string, signal: AbortSignal) =>
  itemsOf<ContactView>(at(incidentId, 'contacts'), signal);
export const recordContact = (incidentId: string, body: ContactBody) =>
  call<ContactReply>('POST', at(incidentId, 'contacts'), { body });
export const sendSms = (incidentId: string, body: SmsBody) =>
  call<unknown>('POST', at(incidentId, 'sms'), { body });
export const fetchSmsStatus = (signal: AbortSignal) =>
  call<{ gateway: boolean }>('GET', '/api/sms', { signal });

export const answerLeaderCall = (callId: string) =>
  call<unknown>('POST', `/api/leader-calls/${encodeURIComponent(callId)}/answer`, { body: {} });

export const fetchHistory = (incidentId: string, signal: AbortSignal) =>
  itemsOf<EarlierIncident>(at(incidentId, 'history'), signal);
export const fetchKnown = (phone: string, signal: AbortSignal) =>
  call<KnownReply>('POST', '/api/subjects/known', { body: { phone }, signal });
