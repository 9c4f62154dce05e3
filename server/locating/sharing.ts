/** One fleet for all incidents that are worked on: which of the free units are this one's. */
import { type FleetIncident, incidentWeight, shareFleet, type Ward } from '#locate/fleet/index.ts';
import type { PlanUnit } from '#locate/plan/index.ts';
import type { Presence } from '#locate/presence.ts';
import type { Scene } from './moves.ts';

/** What is remembered of an incident for the sake of the others. */
export interface Stake {
  incidentId: string;
  weight: number;
  presence: Presence;
  /** When that was believed, ms since 1970. */
  atMs: number;
  nowS: number;
}

export interface FleetPart {
  units: readonly PlanUnit[];
  /** Units that are not this incident's: another one needs them more, or their station's ground would be left empty. */
  withheld: { unitId: string; code: 'neededElsewhere' | 'reserve' }[];
}

/** An incident that nobody worked out for so long does not compete. */
const currentMs = 300_000;
/** Of many only the heaviest are weighed: each takes some milliseconds. */
const mostOthers = 4;
/** An alert somewhere else, while this goes on, is that likely and that heavy. */
const wardWeight = 0.02;

export const stakeOf = ({ question, presence, nowS }: Scene): Stake => ({
  incidentId: question.incidentId,
  weight: incidentWeight({
    risk: question.risk,
    ...(question.amount !== null && { amountYuan: question.amount }),
  }),
  presence,
  atMs: question.nowMs,
  nowS,
});

/** All units where no other incident is worked on. Who has a task of this incident stays. */
export function fleetPart(
  scene: Scene,
  stakes: Iterable<Stake>,
  wards: readonly Omit<Ward, 'weight'>[],
): FleetPart {
  const { ground, router, units, question } = scene;
  const own = stakeOf(scene);
  const others = Array.from(stakes)
    .filter(({ incidentId, atMs }) => incidentId !== own.incidentId && question.nowMs - atMs < currentMs)
    .toSorted((a, b) => b.weight - a.weight || (a.incidentId < b.incidentId ? -1 : 1))
    .slice(0, mostOthers);
  if (others.length === 0 || units.length === 0) return { units, withheld: [] };
  const incidents = [own, ...others].map(({ incidentId: id, ...rest }): FleetIncident => ({ id, ...rest }));
  const shared = shareFleet({
    ground,
    router,
    incidents,
    units: units.map(unit => (unit.current ? { ...unit, incidentId: own.incidentId } : unit)),
    wards: wards.map(ward => ({ ...ward, weight: wardWeight })),
  });
  const mine = new Set(shared.incidents.find(({ incidentId }) => incidentId === own.incidentId)?.unitIds);
  const reserve = new Set(shared.reserve);
  return {
    units: units.filter(({ id, current }) => mine.has(id) || current),
    withheld: units.flatMap(({ id: unitId, current }) =>
      mine.has(unitId) || current
        ? []
        : [{ unitId, code: reserve.has(unitId) ? ('reserve' as const) : ('neededElsewhere' as const) }],
    ),
  };
}
