/** One future of a fork: what stands at the moment of the fork, and who decides from there on. Pure. */
import type { ArenaSighting, Episode } from '../../sim/arena/episode.ts';
import type { ArenaOrder, ArenaPolicy } from '../../sim/arena/policy.ts';
import type { ArenaRegion } from '../../sim/arena/region.ts';

export interface Future {
  units: Episode['units'];
  /** What is known at the fork, and what becomes known later; seconds from the fork. */
  facts: readonly ArenaSighting[];
  /** Makes who decides in one run. */
  policy: (region: ArenaRegion, episode: Episode) => ArenaPolicy;
}

/** A change of one future into another. */
export type Change =
  /** In place of the unit's order that stood. */
  | { kind: 'order'; order: ArenaOrder }
  | { kind: 'dropUnit'; unitId: string }
  | { kind: 'moveUnit'; unitId: string; at: Episode['home'] }
  | { kind: 'addFact'; fact: ArenaSighting }
  | { kind: 'removeFact'; factId: string }
  /** The whole plan: no order stands any longer. */
  | { kind: 'policy'; policy: Future['policy'] };

/** What stood at the fork: orders, and who gives the next ones to those who have carried them out. */
export interface Standing extends Future {
  orders: readonly ArenaOrder[];
}

/** The changes one after the other. What names an unknown unit or fact changes nothing. */
export const changedBy = (standing: Standing, changes: readonly Change[]): Standing =>
  changes.reduce(change, standing);

function change(standing: Standing, one: Change): Standing {
  const { units, facts, orders } = standing;
  switch (one.kind) {
    case 'order': {
      const others = orders.filter(({ unitId }) => unitId !== one.order.unitId);
      return { ...standing, orders: [...others, one.order] };
    }
    case 'dropUnit':
      return { ...standing, units: units.filter(({ id }) => id !== one.unitId) };
    case 'moveUnit':
      return {
        ...standing,
        units: units.map(unit => (unit.id === one.unitId ? { ...unit, at: one.at } : unit)),
      };
    case 'addFact':
      return { ...standing, facts: [...facts, one.fact].sort((a, b) => a.receivedS - b.receivedS) };
    case 'removeFact':
      return { ...standing, facts: facts.filter(({ id }) => id !== one.factId) };
    case 'policy':
      return { ...standing, orders: [], policy: one.policy };
  }
}

/** Gives the standing orders at the start; a unit that has carried its own out is the policy's. */
export function ordersFirst(orders: readonly ArenaOrder[], policy: ArenaPolicy): ArenaPolicy {
  const standing = new Map(orders.map(order => [order.unitId, order]));
  return {
    fact: (fact, nowS) => policy.fact(fact, nowS),
    decide(nowS, units, why) {
      for (const { id, doing } of units) if (why !== 'start' && doing === 'idle') standing.delete(id);
      // Who has an order looks to the policy like one who searches and cannot be sent away.
      const views = units.map(unit => {
        const order = standing.get(unit.id);
        return order ? { ...unit, doing: 'searching' as const, targetId: order.target.id } : unit;
      });
      const next = policy.decide(nowS, views, why).filter(({ unitId }) => !standing.has(unitId));
      return why === 'start' ? [...orders, ...next] : next;
    },
  };
}
