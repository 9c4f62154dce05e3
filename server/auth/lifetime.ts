/** How long a session lives. The wall never idles out; everything ends some day. */
import type { Role } from '#contract/incident.ts';

const hour = 3_600_000;

interface Lifetime {
  /** Without a request for so long it is over; null: it may stand unused. */
  idleMs: number | null;
  absoluteMs: number;
}

/** A shift at the desk, with its hand-over. */
const desk: Lifetime = { idleMs: 4 * hour, absoluteMs: 16 * hour };
/** Whoever can change accounts or read the audit does so and leaves. */
const office: Lifetime = { idleMs: hour, absoluteMs: 12 * hour };

const lifetimes: Record<Role, Lifetime> = {
  // A kiosk that nobody sits at.
  wall: { idleMs: null, absoluteMs: 180 * 24 * hour },
  operator: desk,
  leader: desk,
  trace: desk,
  station: desk,
  // Half a shift without signal on a mountain road must not cost a crew its tasks.
  field: { idleMs: 12 * hour, absoluteMs: 24 * hour },
  analyst: desk,
  auditor: office,
  admin: office,
};

/** When a session that begins now ends at the latest, ms epoch. */
export const sessionEnd = (role: Role, nowMs: number): number => nowMs + lifetimes[role].absoluteMs;

/** Whether a session has ended by time alone. All in ms epoch. */
export function sessionEnded(
  role: Role,
  times: { lastSeenAt: number; expiresAt: number },
  nowMs: number,
): boolean {
  if (nowMs >= times.expiresAt) return true;
  const { idleMs } = lifetimes[role];
  return idleMs !== null && nowMs - times.lastSeenAt >= idleMs;
}

/** `last_seen_at` is written at most this often: a busy screen must not be a stream of updates. */
export const touchEveryMs = 60_000;

/** Five failures of one name within a quarter of an hour lock it until the first of them is that old. */
export const lockOut = { failures: 5, withinMs: 15 * 60_000 } as const;
