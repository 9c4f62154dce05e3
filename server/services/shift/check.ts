import { CodedError } from '#contract/errors.ts';
import type { Clash } from '#contract/roster.ts';
import { lockOfficers, type OfficerRow } from '../../../db/queries/officer.ts';
import { type ShiftRow, shiftsInTheWay } from '../../../db/queries/shift.ts';
import { unitById, type UnitRow } from '../../../db/queries/units.ts';
import { lockVehicle } from '../../../db/queries/vehicle.ts';
import { can } from '../../auth/policy.ts';
import { noSuchIn } from '../guard.ts';
import type { Work } from '../unit-of-work.ts';

/** A shift as it is to be. */
export interface ShiftPlan {
  unitId: string;
  vehicleId: string | null;
  officerIds: readonly string[];
  from: Date;
  to: Date;
}

/**
 * Refuses a plan that names what the planner does not have, or puts anybody or anything into two shifts at once.
 * Locks unit, vehicle and officers, in this order, so that two planners cannot both find the other's shift missing.
 * Throws invalidBody; conflict that names both shifts.
 */
export async function requirePlannable(work: Work, plan: ShiftPlan, except?: string): Promise<void> {
  const unit = await requireUnit(work, plan.unitId);
  const plate = await requireVehicle(work, plan.vehicleId);
  const officers = await requireOfficers(work, plan.officerIds);
  const clashes = (await shiftsInTheWay(work.tx, plan, except)).flatMap(shift => [
    ...clashesWith(shift, plan, plate, officers),
  ]);
  const first = clashes[0];
  if (!first) return;
  throw new CodedError(
    'conflict',
    `${first.what} ${first.name} is in the shift of ${first.callsign} from ${first.startsAt} to ${first.endsAt}; ` +
      `expected nobody in two shifts at once, but ${unit.callsign} is planned from ${plan.from.toISOString()} to ${plan.to.toISOString()}`,
    { clashes },
  );
}

function* clashesWith(
  shift: ShiftRow,
  plan: ShiftPlan,
  plate: string,
  officers: readonly OfficerRow[],
): Generator<Clash> {
  const { id: shiftId, callsign, startsAt, endsAt } = shift;
  const there = { shiftId, callsign, startsAt, endsAt };
  if (shift.unitId === plan.unitId) yield { what: 'unit', id: plan.unitId, name: callsign, ...there };
  if (plan.vehicleId !== null && shift.vehicleId === plan.vehicleId)
    yield { what: 'vehicle', id: plan.vehicleId, name: plate, ...there };
  for (const { id, name } of officers)
    if (shift.officerIds.includes(id)) yield { what: 'officer', id, name, ...there };
}

/** What is out of the planner's reach does not exist for her. */
const mayPlan = (work: Work, stationId: string | null): boolean =>
  can(work.actor, 'roster.plan', { stationId }) === 'allow';

async function requireUnit(work: Work, unitId: string): Promise<UnitRow> {
  const unit = await unitById(work.tx, unitId, 'update');
  if (!unit || !mayPlan(work, unit.stationId)) throw noSuchIn('unitId', 'unit', unitId);
  return unit;
}

/** The plate. */
async function requireVehicle(work: Work, vehicleId: string | null): Promise<string> {
  if (vehicleId === null) return '';
  const vehicle = await lockVehicle(work.tx, vehicleId);
  if (!vehicle || !mayPlan(work, vehicle.stationId)) throw noSuchIn('vehicleId', 'vehicle', vehicleId);
  if (!vehicle.inService) {
    throw new CodedError(
      'conflict',
      `vehicle ${vehicle.plate} is out of service; expected one that is in service`,
    );
  }
  return vehicle.plate;
}

async function requireOfficers(work: Work, ids: readonly string[]): Promise<OfficerRow[]> {
  const officers = (await lockOfficers(work.tx, ids)).filter(({ stationId }) => mayPlan(work, stationId));
  const known = new Set(officers.map(({ id }) => id));
  const unknown = ids.find(id => !known.has(id));
  if (unknown !== undefined) throw noSuchIn('officerIds', 'officer', unknown);
  return officers;
}
