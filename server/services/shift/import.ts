import { CodedError } from '#contract/errors.ts';
import type { Clash, RosterImport, RosterProblem, VehicleView } from '#contract/roster.ts';
import { cellProblem, readRosterRow, type RosterRow } from '#domain/roster-table.ts';
import { listOfficers, type OfficerRow } from '../../../db/queries/officer.ts';
import { unitsByCallsign } from '../../../db/queries/units.ts';
import { listVehicles } from '../../../db/queries/vehicle.ts';
import { can } from '../../auth/policy.ts';
import type { ServiceDeps } from '../../deps.ts';
import { allOrNothing } from '../all-or-nothing.ts';
import { requireAllowed } from '../guard.ts';
import type { Call, Work } from '../unit-of-work.ts';
import type { ShiftPlan } from './check.ts';
import { writeShift } from './plan.ts';

/** One row of a table: its cells by column name, and where to find it again. */
interface TableRow {
  row: number;
  cells: Record<string, string>;
}

/**
 * Plans the shifts of a table, all of them or none. A preview does everything but commit, so it finds exactly what
 * applying would. Problems are told row by row. Throws forbidden.
 */
export function importRoster(
  deps: ServiceDeps,
  call: Call,
  rows: readonly TableRow[],
  { preview }: { preview: boolean },
): Promise<RosterImport> {
  return allOrNothing(
    deps,
    call,
    { preview },
    (work): Promise<RosterImport> => {
      requireAllowed(work.actor, 'roster.plan');
      return planAll(work, rows);
    },
    (work, { shifts }) =>
      work.audit({ action: 'roster.import', resource: 'roster', detail: { shifts: shifts.length } }),
  );
}

async function planAll(work: Work, rows: readonly TableRow[]): Promise<RosterImport> {
  const problems: RosterProblem[] = [];
  const shifts: RosterRow[] = [];
  for (const { row, cells } of rows) {
    const read = readRosterRow(row, cells);
    if ('shift' in read) shifts.push(read.shift);
    else problems.push(...read.problems);
  }
  const directory = await readDirectory(work, shifts);
  for (const shift of shifts) {
    const looked = lookUp(directory, shift);
    if ('problems' in looked) problems.push(...looked.problems);
    else problems.push(...(await planOne(work, shift.row, looked.plan)));
  }
  problems.sort((a, b) => a.row - b.row);
  return { rows: rows.length, problems, shifts, applied: false };
}

/** A refusal of one row is told with the others; nothing was written for it. */
async function planOne(work: Work, row: number, plan: ShiftPlan): Promise<RosterProblem[]> {
  try {
    await writeShift(work, plan);
    return [];
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
    const { clashes = [] } = (error.details ?? {}) as { clashes?: Clash[] };
    const code = clashes.length > 0 ? 'clash' : 'refused';
    return [{ row, column: null, code, value: null, clashes, message: error.message }];
  }
}

interface Directory {
  units: Map<string, string>;
  officers: Map<string, OfficerRow[]>;
  vehicles: Map<string, VehicleView>;
}

/** Whom and what the planner may plan, by the names that tables use. */
async function readDirectory(work: Work, shifts: readonly RosterRow[]): Promise<Directory> {
  const mine = ({ stationId }: { stationId: string | null }) =>
    can(work.actor, 'roster.plan', { stationId }) === 'allow';
  const callsigns = [...new Set(shifts.map(({ callsign }) => callsign))];
  const units = (await unitsByCallsign(work.tx, callsigns)).filter(mine);
  const officers = (await listOfficers(work.tx)).filter(mine);
  const vehicles = (await listVehicles(work.tx)).filter(mine);
  const named = Map.groupBy(officers, ({ name }) => name);
  // A badge number names one person; it wins over a name that reads the same.
  for (const officer of officers) named.set(officer.badgeNumber, [officer]);
  return {
    units: new Map(units.map(({ callsign, id }) => [callsign, id])),
    officers: named,
    vehicles: new Map(vehicles.map(vehicle => [vehicle.plate, vehicle])),
  };
}

function lookUp(
  directory: Directory,
  { row, callsign, startsAt, endsAt, officers, plate }: RosterRow,
): { plan: ShiftPlan } | { problems: RosterProblem[] } {
  const problems: RosterProblem[] = [];
  const unitId = directory.units.get(callsign);
  if (unitId === undefined)
    problems.push(cellProblem(row, 'unit', 'noUnit', callsign, 'the callsign of a unit'));
  const vehicle = plate === null ? undefined : directory.vehicles.get(plate);
  if (plate !== null && !vehicle)
    problems.push(cellProblem(row, 'vehicle', 'noVehicle', plate, 'the plate of a vehicle'));
  if (plate !== null && vehicle?.inService === false)
    problems.push(cellProblem(row, 'vehicle', 'vehicleDown', plate, 'a vehicle that is in service'));
  const officerIds = officers.flatMap(name => {
    const found = directory.officers.get(name) ?? [];
    if (found.length === 1) return found.map(({ id }) => id);
    problems.push(
      found.length === 0
        ? cellProblem(row, 'officers', 'noOfficer', name, 'a badge number or name of an officer')
        : cellProblem(row, 'officers', 'manyOfficers', name, 'a badge number: the name is not unique'),
    );
    return [];
  });
  if (unitId === undefined || problems.length > 0) return { problems };
  const plan = {
    unitId,
    vehicleId: vehicle?.id ?? null,
    officerIds: [...new Set(officerIds)],
    from: new Date(startsAt),
    to: new Date(endsAt),
  };
  return { plan };
}
