/** Several incidents, one fleet: who works for whom, who stays free, and each incident's plan with its own units. */
import { detectionOf } from '#domain/detection.ts';
import type { RoadRouter } from '#road/router.ts';
import type { Ground } from '../ground.ts';
import { planSearch, type PlanUnit, type SearchPlan } from '../plan/index.ts';
import { defaultSurvival } from '../plan/options.ts';
import type { Presence } from '../presence.ts';
import { fieldOf } from '../sketch/field.ts';
import type { Standing } from '../sketch/sketch.ts';
import { coverOf, soonestAt, type Ward } from './reserve.ts';
import { elsewhere, nobody, shareUnits, type Sharing, type Stake, worthOf } from './share.ts';

export { incidentWeight } from './weight.ts';
export type { Ward } from './reserve.ts';

export interface FleetIncident {
  id: string;
  /** `incidentWeight`, or any other scale common to all. */
  weight: number;
  presence: Presence;
  /** Seconds since its own epoch. */
  nowS: number;
  /** Chance that the money is still there; absent: the planner's own discount. */
  survival?: (inS: number) => number;
}

export interface FleetUnit extends PlanUnit {
  /** Whose task `current` is. */
  incidentId?: string;
}

export interface FleetInput {
  ground: Ground;
  router: RoadRouter;
  incidents: readonly FleetIncident[];
  units: readonly FleetUnit[];
  /** Stations that somebody should stay near to; none: nobody is held back for them. */
  wards: readonly Ward[];
  options?: Partial<FleetOptions>;
}

export interface FleetOptions {
  /** A ward is covered when a free unit is there within this time. */
  withinS: number;
  /** What it costs to take a unit from an incident for which it was ordered somewhere. */
  turnRound: number;
}

const defaults: FleetOptions = { withinS: 600, turnRound: 0.01 };

/** Who works for whom. */
export interface FleetShare {
  /** In the order of the input. */
  incidents: { incidentId: string; unitIds: string[] }[];
  /** Units that stay free. */
  reserve: string[];
  /** Wards that nobody who is free reaches in time; `soonestS` is null when nobody is free at all. */
  uncovered: { wardId: string; soonestS: number | null }[];
}

export interface FleetPlan extends Omit<FleetShare, 'incidents'> {
  incidents: { incidentId: string; unitIds: string[]; plan: SearchPlan }[];
}

/** Rough plans look so far, and at so many places. */
const horizonS = 2700;
const mostPlaces = 120;

/**
 * No unit works for two incidents, none is taken from a task that it has accepted, and who has one of an incident that
 * is not in the input is in no list at all. The incidents share the ground and the router.
 */
export function shareFleet(input: FleetInput): FleetShare {
  const { incidents, units } = input;
  const { cover, ...rest } = sharingOf(input);
  const incidentOf = shareUnits({ cover, ...rest });
  const idsOf = (incident: number): string[] =>
    units.filter((_, unit) => incidentOf[unit] === incident).map(unit => unit.id);
  return {
    incidents: incidents.map(({ id }, incident) => ({ incidentId: id, unitIds: idsOf(incident) })),
    reserve: idsOf(nobody),
    uncovered: cover.wards.flatMap(({ id }, ward) => {
      const soonestS = soonestAt(cover, ward, unit => incidentOf[unit] === nobody);
      if (soonestS <= cover.withinS) return [];
      return [{ wardId: id, soonestS: Number.isFinite(soonestS) ? soonestS : null }];
    }),
  };
}

/** The shared fleet with each incident's plan: `planSearch` with its own units. */
export function planFleet(input: FleetInput): FleetPlan {
  const { ground, router, units } = input;
  const { incidents, ...rest } = shareFleet(input);
  const planned = incidents.map(({ incidentId, unitIds }, incident) => {
    const { presence, nowS, survival } = input.incidents[incident]!;
    const own = units.filter(unit => unitIds.includes(unit.id)).map(unit => ownUnit(unit, incidentId));
    const more = survival ? { survival } : {};
    const plan = planSearch({ ground, router, presence, units: own, nowS, ...more });
    return { incidentId, unitIds, plan };
  });
  return { incidents: planned, ...rest };
}

/** What a given sharing is worth, and the one that `planFleet` takes: to compare them. */
export function fleetWorth(input: FleetInput, incidentOf?: Int32Array): number {
  const sharing = sharingOf(input);
  return worthOf(sharing, incidentOf ?? shareUnits(sharing));
}

function sharingOf({ ground, router, incidents, units, wards, options }: FleetInput): Sharing {
  const { withinS, turnRound } = { ...defaults, ...options };
  const indexOf = new Map(incidents.map(({ id }, incident) => [id, incident]));
  const ownerOf = ({ incidentId }: FleetUnit): number => indexOf.get(incidentId ?? '') ?? elsewhere;
  const stakes = incidents.map((incident): Stake => {
    const { presence, survival, weight } = incident;
    const field = fieldOf({ ground, router, presence, units, horizonS, most: mostPlaces });
    const standing = standingIn(ground, field, units, incident.id);
    return { weight, field, standing, worth: survival ?? defaultSurvival };
  });
  return {
    stakes,
    cover: coverOf(router, wards, units, withinS),
    unitCount: units.length,
    fixed: Int32Array.from(units, unit => (hasTaken(unit) ? ownerOf(unit) : nobody)),
    ordered: Int32Array.from(units, unit => (unit.current?.state === 'ordered' ? ownerOf(unit) : nobody)),
    turnRound,
  };
}

const hasTaken = ({ current }: FleetUnit): boolean => current !== undefined && current.state !== 'ordered';

/** Units that have taken a task are free after it, and what they look at is looked at. */
function standingIn(
  ground: Ground,
  field: Stake['field'],
  units: readonly FleetUnit[],
  incidentId: string,
): Standing {
  const freeS = field.freeS.slice();
  const at = new Int32Array(units.length).fill(-1);
  const seen = new Uint8Array(field.targets.length);
  units.forEach((each, unit) => {
    const { current, incidentId: owner } = each;
    if (!current || !hasTaken(each) || owner !== incidentId) return;
    const place = field.targets.indexOf(current.target);
    const { durationS } = detectionOf(ground.targets[current.target]!, current.method);
    if (current.state === 'accepted')
      freeS[unit]! += durationS + (place < 0 ? 0 : field.fromUnitS[unit * field.targets.length + place]!);
    if (place < 0) return;
    seen[place] = 1;
    at[unit] = place;
  });
  return { freeS, at, seen };
}

/** For its own incident a unit keeps its task; one that was ordered by another incident comes without it. */
function ownUnit({ incidentId, ...unit }: FleetUnit, id: string): PlanUnit {
  if (incidentId === id || !unit.current) return unit;
  const { current: _, ...free } = unit;
  return free;
}
