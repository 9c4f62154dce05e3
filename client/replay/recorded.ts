/** What an address asks to be replayed: an incident by its id, or a span of the centre as `from..to`. Pure. */
import type { Recorded } from '../api/replay.ts';

export const spanName = (fromMs: number, toMs: number): string => `${nameOf(fromMs)}..${nameOf(toMs)}`;

/** To the minute: as exact as anybody asks. */
const nameOf = (ms: number): string => `${new Date(ms).toISOString().slice(0, 16)}Z`;

export function recordedOf(of: string): Recorded {
  const [from = '', to = '', more] = of.split('..');
  if (more !== undefined || Number.isNaN(Date.parse(from)) || Number.isNaN(Date.parse(to)))
    return { incidentId: of };
  return { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
}
