/** What a crew does at the door, as values that can wait for the network. Pure. */
import type { StepRefusal } from '#contract/kinds.ts';
import type { MeetingBody, MeetingPatch, StepBody } from '../api/meetings.ts';

export type Deed =
  | { say: 'hold'; body: MeetingBody }
  | { say: 'step'; step: number; body: StepBody }
  | { say: 'change'; body: MeetingPatch }
  | { say: 'revisit'; dueAt: string }
  /** The file as base64; null: it lies among the phone's files under the deed's key. */
  | { say: 'document'; kind: 'pledge' | 'photo'; data: string | null };

/** A deed that the server has not confirmed. */
export interface WaitingDeed {
  key: string;
  incidentId: string;
  /** The key of the deed that began the meeting: the server's own id of it may not be known yet. */
  meeting: string;
  deed: Deed;
}

/** A meeting as the phone has said it, whether or not the server has heard. It names nobody. */
export interface OwnMeeting {
  incidentId: string;
  /** The key of the deed that began it. */
  key: string;
  at: string;
  officerIds: readonly string[];
  steps: Readonly<Record<number, { done: boolean; refusal: StepRefusal | null }>>;
  noted: MeetingPatch;
  documents: Readonly<Record<'pledge' | 'photo', number>>;
  revisits: readonly string[];
}

/** The meeting after one more deed; null before it was begun. */
export function withDeed(
  meeting: OwnMeeting | null,
  { incidentId, key, deed }: WaitingDeed,
): OwnMeeting | null {
  if (deed.say === 'hold') {
    const { at, officers } = deed.body;
    const nothing = { steps: {}, noted: {}, documents: { pledge: 0, photo: 0 }, revisits: [] };
    return { incidentId, key, at, officerIds: officers, ...nothing };
  }
  if (!meeting) return null;
  switch (deed.say) {
    case 'step': {
      const { done, refusal = null } = deed.body;
      return { ...meeting, steps: { ...meeting.steps, [deed.step]: { done, refusal } } };
    }
    case 'change':
      return { ...meeting, noted: { ...meeting.noted, ...deed.body } };
    case 'revisit':
      return { ...meeting, revisits: [...meeting.revisits, deed.dueAt] };
    case 'document': {
      const { documents } = meeting;
      return { ...meeting, documents: { ...documents, [deed.kind]: documents[deed.kind] + 1 } };
    }
  }
}
