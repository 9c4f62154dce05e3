/** What stands between the facts and the units: whoever is to be compared. Pure. */
import type { SearchMethod } from '#contract/sighting.ts';
import type { Snap } from '#road/access.ts';
import type { ArenaFact } from './episode.ts';
import type { ArenaTarget } from './region.ts';

/** A unit as its centre sees it. */
export interface ArenaUnit {
  id: string;
  /** Where it can next be sent elsewhere: while it drives, the next junction. */
  at: Snap;
  /** From when on. */
  freeAtS: number;
  doing: 'idle' | 'travelling' | 'searching';
  targetId: string | null;
}

export interface ArenaOrder {
  unitId: string;
  target: ArenaTarget;
  method: SearchMethod;
}

/** `tick`: nothing happened for a minute while some unit stood idle. */
export type Occasion = 'start' | 'fact' | 'freed' | 'tick';

/** One for each episode. Who searches cannot be sent away; an order for where a unit is going already changes nothing. */
export interface ArenaPolicy {
  fact(fact: ArenaFact, nowS: number): void;
  decide(nowS: number, units: readonly ArenaUnit[], why: Occasion): ArenaOrder[];
}
