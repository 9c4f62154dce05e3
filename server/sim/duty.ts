/** Keeps the roster of the demo's fleet as a planner would, and tells the crews whether they are on duty. */
import type { DutyNow, OfficerBody, RosterView } from '#contract/roster.ts';
import type { Random } from '#domain/random.ts';
import { RefusedError, type SimSession } from './api.ts';
import {
  inventStaff,
  missingShifts,
  planningSpan,
  shiftEnd,
  type Staff,
  type WantedShift,
} from './roster.ts';
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
  const wanted = missingShifts(staffs, roster.shifts, nowMs);
  const officerIds = await bringOfficers(leader, roster, wanted);
  const vehicleIds = await bringVehicles(leader, roster, wanted);
  let count = 0;
  await fewAtOnce(wanted, async ({ staff, officers, startMs, endMs }) => {
    const body = {
      unitId: staff.unit.id,
      startsAt: iso(startMs),
      endsAt: iso(endMs),
      officerIds: officers.map(({ badgeNumber }) => officerIds.get(badgeNumber)!),
      vehicleId: staff.vehicle && (vehicleIds.get(staff.vehicle.plate) ?? null),
    };
    try {
      await leader.post('/api/shifts', body);
      count++;
    } catch (error) {
      // A person has other plans for somebody of this crew.
      if (!(error instanceof RefusedError) || error.status !== 409) throw error;
    }
  });
  return count;
}

/** The ids of all officers of these shifts by badge number; who is not on the roster yet is added. */
async function bringOfficers(
  leader: SimSession,
  { officers }: RosterView,
  wanted: readonly WantedShift[],
): Promise<Map<string, string>> {
  const ids = new Map(officers.map(({ badgeNumber, id }) => [badgeNumber, id]));
  const needed = new Set<OfficerBody>(wanted.flatMap(shift => shift.officers));
  await fewAtOnce(
    [...needed].filter(({ badgeNumber }) => !ids.has(badgeNumber)),
    async officer => {
      const { officerId } = await leader.post<{ officerId: string }>('/api/officers', officer);
      ids.set(officer.badgeNumber, officerId);
    },
  );
  return ids;
}

/** The ids of the vehicles by plate, without those that are out of service; what is not on the roster yet is added. */
async function bringVehicles(
  leader: SimSession,
  { vehicles }: RosterView,
  wanted: readonly WantedShift[],
): Promise<Map<string, string>> {
  const known = new Set(vehicles.map(({ plate }) => plate));
  const ids = new Map(vehicles.filter(({ inService }) => inService).map(({ plate, id }) => [plate, id]));
  const needed = new Set<Staff['vehicle']>(wanted.map(({ staff }) => staff.vehicle));
  await fewAtOnce(
    [...needed].filter(vehicle => vehicle !== null && !known.has(vehicle.plate)),
    async vehicle => {
      const { vehicleId } = await leader.post<{ vehicleId: string }>('/api/vehicles', vehicle);
      ids.set(vehicle!.plate, vehicleId);
    },
  );
  return ids;
}

/** Does all of it in order, a few at the same time. Rejects with the first failure. */
async function fewAtOnce<T>(items: readonly T[], run: (item: T) => Promise<void>): Promise<void> {
  const waiting = items.values();
  const work = async (): Promise<void> => {
    for (const item of waiting) await run(item);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}
