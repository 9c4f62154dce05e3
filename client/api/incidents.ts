import type { AlertBody, AlertReply } from '#contract/alert.ts';
import type { PositionInput } from '#contract/common.ts';
import type { IncidentOutcome } from '#contract/incident.ts';
import type { fullSubjectSchema, IncidentDetail, IncidentView } from '#contract/incident-view.ts';
import type { SightingBody, SightingView } from '#contract/sighting.ts';
import type { z } from 'zod';
import { call } from './http.ts';

export type { IncidentDetail };
/** Unmasked: every answer of this is audited. */
export type SubjectFull = z.infer<typeof fullSubjectSchema>;

const at = (id: string, rest = '') => `/api/incidents/${encodeURIComponent(id)}${rest}`;

export const sendAlert = (body: AlertBody) => call<AlertReply>('POST', '/api/alerts', { body });
export const fetchIncident = (id: string, signal?: AbortSignal) =>
  call<IncidentDetail>('GET', at(id), { signal });
/** Newest first. */
export const fetchIncidents = (query: { from: string; to: string; limit: number }, signal: AbortSignal) =>
  call<{ items: IncidentView[]; nextCursor: string | null }>('GET', '/api/incidents', {
    query: { ...query },
    signal,
  });
export const fetchSubject = (id: string) => call<SubjectFull>('GET', at(id, '/subject'));
export const addMember = (id: string, userId: string) =>
  call<unknown>('POST', at(id, '/members'), { body: { userId } });

export const requestAuthority = (
  id: string,
  body: { number: string; legalBasis: string; reason: string; expiresAt: string },
) => call<unknown>('POST', at(id, '/authorities'), { body });
export const approveAuthority = (authorityId: string) =>
  call<unknown>('POST', `/api/authorities/${encodeURIComponent(authorityId)}/approve`);
export const revokeAuthority = (authorityId: string) =>
  call<unknown>('POST', `/api/authorities/${encodeURIComponent(authorityId)}/revoke`);

/** Opens the trace for this session: its stream carries the sightings from now on. */
export const openLook = (id: string, accessReason: string) =>
  call<{ lookId: string; sightings: SightingView[] }>('POST', at(id, '/looks'), { accessReason });

export const recordSighting = (id: string, body: SightingBody) =>
  call<{ sightingId: string; seq: number }>('POST', at(id, '/sightings'), { body });
export const correctSighting = (sightingId: string, body: { reason: string } & SightingBody) =>
  call<unknown>('POST', `/api/sightings/${encodeURIComponent(sightingId)}/correct`, { body });
export const withdrawSighting = (sightingId: string, reason: string) =>
  call<unknown>('POST', `/api/sightings/${encodeURIComponent(sightingId)}/withdraw`, { body: { reason } });

export const closeIncident = (
  id: string,
  body: { outcome: IncidentOutcome; foundPlaceId?: string; foundAt?: PositionInput; note?: string },
) => call<unknown>('POST', at(id, '/close'), { body });
