import type { Line } from '#contract/kinds.ts';
import type { IconName } from './icons.ts';

/** Symbol of each of the three lines of an incident. */
export const lineIcons: Record<Line, IconName> = { trace: 'sighting-cell', ground: 'task', contact: 'phone' };
