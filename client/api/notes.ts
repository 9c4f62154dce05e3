import type { NoteView } from '#contract/note.ts';
import { call } from './http.ts';

const of = (incidentId: string) => `/api/incidents/${encodeURIComponent(incidentId)}/notes`;

export const fetchNotes = async (incidentId: string, signal: AbortSignal): Promise<NoteView[]> =>
  (await call<{ items: NoteView[] }>('GET', of(incidentId), { signal })).items;

export const writeNote = (incidentId: string, text: string) =>
  call<{ noteId: string }>('POST', of(incidentId), { body: { text } });
