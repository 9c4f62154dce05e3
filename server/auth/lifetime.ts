/** How long a session lives. The wall never idles out; everything ends some day. */
import type { Role } from '#contract/incident.ts';

const hour = 3_600_000;
const idleMs = 4 * hour;
const absoluteMs = 16 * hour;
const wallAbsoluteMs = 180 * 24 * hour;

/** When a session that begins now ends at the latest, ms epoch. */
export const sessionEnd = (role: Role, nowMs: number): number =>
  nowMs + (role === 'wall' ? wallAbsoluteMs : absoluteMs);

/** Whether a session has ended by time alone. All in ms epoch. */
export function sessionEnded(
  role: Role,
  times: { lastSeenAt: number; expiresAt: number },
  nowMs: number,
): boolean {
  if (nowMs >= times.expiresAt) return true;
  return role !== 'wall' && nowMs - times.lastSeenAt >= idleMs;
}

/** `last_seen_at` is written at most this often: a busy screen must not be a stream of updates. */
export const touchEveryMs = 60_000;

/** Five failures of one name within a quarter of an hour lock it until the first of them is that old. */
export const lockOut = { failures: 5, withinMs: 15 * 60_000 } as const;
