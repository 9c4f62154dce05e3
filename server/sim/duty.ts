/** Keeps the roster of the demo's fleet as a planner would, and tells the crews whether they are on duty. */
import type { DutyNow, RosterView } from '#contract/roster.ts';
import type { Random } from '#domain/random.ts';
import { type SimSession, unlessConflict } from './api.ts';
import { inventStaff, missingShifts, planningSpan, shiftEnd, type WantedShift } from './roster.ts';
import type { Stage } from './stage.ts';

const second = 1000;
const lookEveryMs = 5 * 60 * second;
/** Planning is looked at so long after shifts have changed. */
const afterChangeMs = 10 * second;
/** The desk's other work goes on meanwhile. */
const atOnce = 4;
const iso = (ms: number) => new Date(ms).toISOString();

/**
 * Plans what is missing now and after each change of shifts, and lets the crews know. Resolves after the first time.
 * In a history the crews hear of it only when shifts change.
 */
export async function keepRoster(stage: Stage): Promise<void> {
  const { script } = stage;
  const update = async () => {
    const { leader } = stage.desk;
    const count = await planShifts(leader, stage.fleet, stage.random.fork('roster'), stage.now());
    if (count > 0 && !stage.alone) stage.say(`demo: ${count} shifts are planned`);
    await tellDuty(stage);
  };
  const nextChange = (): void =>
    script.at(shiftEnd(stage.now()) + afterChangeMs, 'shifts change', () => {
      nextChange();
      return update();
    });
  const nextLook = (): void =>
    script.at(stage.now() + lookEveryMs, 'crews look at the roster', () => {
      nextLook();
      return stage.alone ? undefined : tellDuty(stage);
    });
  nextChange();
  nextLook();
  await update();
}

/** Crews learn from the board whether they are on duty, whoever planned it. */
async function tellDuty({ desk, fleet }: Stage): Promise<void> {
  const { stations } = await desk.leader.get<DutyNow>('/api/roster/now');
  const onDuty = new Map(
    stations.flatMap(({ units }) => units).map(unit => [unit.unitId, unit.onDuty] as const),
  );
  for (const unit of fleet) unit.onDuty = onDuty.get(unit.id) ?? true;
}

/**
 * Adds the officers, vehicles and shifts that the fleet lacks from now on and resolves the number of shifts. What is
 * there already, from an earlier start or by a person, is left alone; `random` of the same seed finds its people again.
 */
export async function planShifts(
  leader: SimSession,
  fleet: readonly { id: string }[],
  random: Random,
  nowMs: number,
): Promise<number> {
  const { fromMs, toMs } = planningSpan(nowMs);
  const roster = await leader.get<RosterView>(`/api/roster?from=${iso(fromMs)}&to=${iso(toMs)}`);
  const ids = new Set(fleet.map(({ id }) => id));
  const staffs = inventStaff(
    roster.units.filter(({ id }) => ids.has(id)),
    random,
  );
  const known = {
    officers: new Map(roster.officers.map(({ badgeNumber, id }) => [badgeNumber, id])),
    vehicles: new Map(roster.vehicles.map(({ plate, id, inService }) => [plate, inService ? id : null])),
  };
  let count = 0;
  // The shift that is on now comes first, with its people.
  for (const shifts of Map.groupBy(
    missingShifts(staffs, roster.shifts, nowMs),
    each => each.startMs,
  ).values()) {
    await bringOfficers(leader, known.officers, shifts);
    await bringVehicles(leader, known.vehicles, shifts);
    await fewAtOnce(shifts, async shift => {
      if (await planShift(leader, known, shift)) count++;
    });
  }
  return count;
}

/** Whom and what the roster has: ids by badge number and by plate; null for a vehicle that is out of service. */
interface Known {
  officers: Map<string, string>;
  vehicles: Map<string, string | null>;
}

/** False when a person has other plans for somebody of this crew. */
async function planShift(
  leader: SimSession,
  known: Known,
  { staff, officers, startMs, endMs }: WantedShift,
): Promise<boolean> {
  const body = {
    unitId: staff.unit.id,
    startsAt: iso(startMs),
    endsAt: iso(endMs),
    officerIds: officers.map(({ badgeNumber }) => known.officers.get(badgeNumber)!),
    vehicleId: staff.vehicle && known.vehicles.get(staff.vehicle.plate),
  };
  return (await unlessConflict(leader.post<{ shiftId: string }>('/api/shifts', body))) !== undefined;
}

/** Adds the officers of these shifts who are not on the roster yet. */
async function bringOfficers(
  leader: SimSession,
  ids: Known['officers'],
  shifts: readonly WantedShift[],
): Promise<void> {
  const needed = shifts
    .flatMap(({ officers }) => officers)
    .filter(({ badgeNumber }) => !ids.has(badgeNumber));
  await fewAtOnce(needed, async officer => {
    const { officerId } = await leader.post<{ officerId: string }>('/api/officers', officer);
    ids.set(officer.badgeNumber, officerId);
  });
}

/** Adds the vehicles of these shifts that are not on the roster yet. */
async function bringVehicles(
  leader: SimSession,
  ids: Known['vehicles'],
  shifts: readonly WantedShift[],
): Promise<void> {
  const needed = shifts.flatMap(({ staff }) => staff.vehicle ?? []).filter(({ plate }) => !ids.has(plate));
  await fewAtOnce(needed, async vehicle => {
    const { vehicleId } = await leader.post<{ vehicleId: string }>('/api/vehicles', vehicle);
    ids.set(vehicle.plate, vehicleId);
  });
}

/** Does all of it in order, a few at the same time. Rejects with the first failure. */
async function fewAtOnce<T>(items: readonly T[], run: (item: T) => Promise<void>): Promise<void> {
  const waiting = items.values();
  const work = async (): Promise<void> => {
    for (const item of waiting) await run(item);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}
