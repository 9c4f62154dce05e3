import type { DocumentKind } from '#contract/kinds.ts';
import type {
  CheckList,
  MeetingBody,
  MeetingPatch,
  MeetingView,
  PhraseView,
  RevisitItem,
  StepBody,
} from '#contract/meeting.ts';
import type { SpotVerdict } from '#contract/kinds.ts';
import { call, ApiFailure, type CallOptions } from './http.ts';

export type { CheckList, MeetingBody, MeetingPatch, MeetingView, PhraseView, RevisitItem, StepBody };

const id = encodeURIComponent;
const incidentPath = (incidentId: string, rest: string) => `/api/incidents/${id(incidentId)}/${rest}`;

/** Where each change of a meeting goes: the phone may send it much later. */
export const meetingPaths = {
  hold: (incidentId: string) => incidentPath(incidentId, 'meetings'),
  step: (meetingId: string, step: number) => `/api/meetings/${id(meetingId)}/steps/${step}`,
  change: (meetingId: string) => `/api/meetings/${id(meetingId)}`,
  revisit: (meetingId: string) => `/api/meetings/${id(meetingId)}/revisit`,
  document: (meetingId: string) => `/api/meetings/${id(meetingId)}/documents`,
};

export const fetchMeetings = async (incidentId: string, signal: AbortSignal): Promise<MeetingView[]> =>
  (await call<{ items: MeetingView[] }>('GET', meetingPaths.hold(incidentId), { signal })).items;

export const holdMeeting = (incidentId: string, body: MeetingBody, key?: string) =>
  call<{ meetingId: string }>('POST', meetingPaths.hold(incidentId), { body, ...keyed(key) });
export const recordStep = (meetingId: string, step: number, body: StepBody, key?: string) =>
  call<unknown>('POST', meetingPaths.step(meetingId, step), { body, ...keyed(key) });
export const changeMeeting = (meetingId: string, body: MeetingPatch, key?: string) =>
  call<unknown>('PATCH', meetingPaths.change(meetingId), { body, ...keyed(key) });
export const planRevisit = (meetingId: string, dueAt: string, key?: string) =>
  call<unknown>('POST', meetingPaths.revisit(meetingId), { body: { dueAt }, ...keyed(key) });
export const keepDocument = (
  meetingId: string,
  kind: Exclude<DocumentKind, 'other'>,
  file: Blob,
  key?: string,
) => call<unknown>('POST', meetingPaths.document(meetingId), { query: { kind }, file, ...keyed(key) });

const keyed = (key: string | undefined): CallOptions => (key === undefined ? {} : { key });

/** Each reading is audited, so a document is fetched when somebody wants it, and saved as a file. */
export async function saveDocument(documentId: string): Promise<void> {
  const response = await fetch(`/api/documents/${id(documentId)}`).catch(() => null);
  if (!response) throw new ApiFailure('offline', 'the server cannot be reached');
  if (!response.ok)
    throw new ApiFailure(
      response.status === 403 ? 'forbidden' : 'notFound',
      `the server answered ${response.status}`,
    );
  const named = /filename="([^"]+)"/.exec(response.headers.get('Content-Disposition') ?? '');
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await response.blob());
  link.download = named?.[1] ?? documentId;
  link.click();
  URL.revokeObjectURL(link.href);
}

export const fetchRevisits = async (
  query: { due?: string; stationId?: string },
  signal: AbortSignal,
): Promise<RevisitItem[]> =>
  (await call<{ items: RevisitItem[] }>('GET', '/api/revisits', { query, signal })).items;
export const endRevisit = (revisitId: string, to: 'done' | 'cancel', note?: string) =>
  call<unknown>('POST', `/api/revisits/${id(revisitId)}/${to}`, { body: note ? { note } : {} });

export const makePhrase = (incidentId: string) => call<unknown>('POST', incidentPath(incidentId, 'phrase'));
export const fetchPhrase = (incidentId: string, signal?: AbortSignal) =>
  call<PhraseView>('GET', incidentPath(incidentId, 'phrase'), { signal });
export const tellPhrase = (incidentId: string) =>
  call<unknown>('POST', incidentPath(incidentId, 'phrase/told'));

export const fetchChecks = (state: 'due' | 'checked' | undefined, signal: AbortSignal) =>
  call<CheckList>('GET', '/api/spot-checks', { query: { state, limit: 200 }, signal });
export const checkMeeting = (meetingId: string, verdict: SpotVerdict, note: string) =>
  call<unknown>('POST', `/api/meetings/${id(meetingId)}/check`, { body: { verdict, note } });
