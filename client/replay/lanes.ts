/** Facts along the time of a recording: a lane for each line of work, and how much happened when. Pure. */
import type { DomainEvent } from '#domain/event/event.ts';
import { type Lane, lanes } from '../desk/story/story.ts';
import { lateS, type Moment } from './recording.ts';

export type { Lane };

/** Where a fact stands; the others are the world around: units, roads, cameras, shifts. */
const laneOfKind: Partial<Record<DomainEvent['kind'], Lane>> = {
  sightingRecorded: 'trace',
  sightingCorrected: 'trace',
  sightingWithdrawn: 'trace',
  beliefComputed: 'trace',
  traceRequested: 'trace',
  traceRequestMoved: 'trace',
  authorityRequested: 'trace',
  authorityApproved: 'trace',
  authorityRevoked: 'trace',
  glassBroken: 'trace',
  glassReviewed: 'trace',
  taskOrdered: 'ground',
  taskAnswered: 'ground',
  taskResult: 'ground',
  taskUndone: 'ground',
  unitCreated: 'ground',
  unitStateChanged: 'ground',
  roadClosed: 'ground',
  roadOpened: 'ground',
  cameraStateChanged: 'ground',
  contactMade: 'contact',
  smsMoved: 'contact',
  leaderCalled: 'contact',
  leaderAnswered: 'contact',
  stopRequested: 'money',
  stopMoved: 'money',
  stopCorrected: 'money',
  orderIssued: 'order',
  orderMoved: 'order',
  orderAssigned: 'order',
  meetingHeld: 'order',
  meetingStepDone: 'order',
  meetingNoted: 'order',
  documentKept: 'order',
  revisitPlanned: 'order',
  revisitMoved: 'order',
  clockStarted: 'clock',
  clockMoved: 'clock',
  clockWarned: 'clock',
  clockBreached: 'clock',
  clockStopped: 'clock',
};

export interface Tick {
  key: number;
  /** 0 to 1 within the span. */
  at: number;
  /** Seconds after it happened that the centre learned of it, when that is late. */
  lateS: number | null;
  bad: boolean;
}

export interface LaneRow {
  lane: Lane | 'rest';
  ticks: Tick[];
}

interface Part {
  fromMs: number;
  toMs: number;
}

/** The lanes that hold something in a span, from top to bottom. */
export function laneRows(moments: readonly Moment[], { fromMs, toMs }: Part): LaneRow[] {
  const rows = new Map<Lane | 'rest', Tick[]>();
  for (const { atMs, fact } of moments) {
    if (atMs < fromMs || atMs > toMs) continue;
    const lane = laneOfKind[fact.kind] ?? 'rest';
    const tick = {
      key: fact.seq,
      at: (atMs - fromMs) / Math.max(1, toMs - fromMs),
      lateS: lateS(fact),
      bad: fact.kind === 'clockBreached',
    };
    const ticks = rows.get(lane);
    if (ticks) ticks.push(tick);
    else rows.set(lane, [tick]);
  }
  return [...lanes, 'rest' as const].flatMap(lane => {
    const ticks = rows.get(lane);
    return ticks ? { lane, ticks } : [];
  });
}

/** How many facts fall into each of `count` equal parts of a span. */
export function densityOf(moments: readonly Moment[], { fromMs, toMs }: Part, count: number): number[] {
  const parts = Array.from({ length: count }, () => 0);
  for (const { atMs } of moments) {
    if (atMs < fromMs || atMs > toMs) continue;
    const part = Math.floor(((atMs - fromMs) / Math.max(1, toMs - fromMs)) * count);
    parts[Math.min(count - 1, part)]!++;
  }
  return parts;
}

/** The facts that came late, oldest first. */
export const lateMoments = (moments: readonly Moment[]): Moment[] =>
  moments.filter(({ fact }) => lateS(fact) !== null);
