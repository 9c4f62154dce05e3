import { CodedError } from '#contract/errors.ts';
import type { RosterImport } from '#contract/roster.ts';
import { readRosterRow, type RosterProblem, type RosterRow } from '#domain/roster-table.ts';
import { listOfficers, type OfficerRow } from '../../../db/queries/officer.ts';
import { unitsByCallsign } from '../../../db/queries/units.ts';
import { listVehicles } from '../../../db/queries/vehicle.ts';
import { can } from '../../auth/policy.ts';
import type { ServiceDeps } from '../../deps.ts';
import { requireAllowed } from '../guard.ts';
import { type Call, perform, type Work } from '../unit-of-work.ts';
import type { ShiftPlan } from './check.ts';
import { writeShift } from './plan.ts';

/** One row of a table: its cells by column name, and where to find it again. */
interface TableRow {
  row: number;
  cells: Record<string, string>;
}

/** Carries what was found out of a transaction that must not commit. */
class NotApplied extends Error {
  readonly found: RosterImport;
  constructor(found: RosterImport) {
    super('the roster was not applied');
    this.found = found;
  }
}

/**
 * Plans the shifts of a table, all of them or none. A preview does everything but commit, so it finds exactly what
 * applying would. Problems are told row by row. Throws forbidden.
 */
export async function importRoster(
  deps: ServiceDeps,
  call: Call,
  rows: readonly TableRow[],
  { preview }: { preview: boolean },
): Promise<RosterImport> {
  try {
    const { reply } = await perform(deps, preview ? { actor: call.actor } : call, async work => {
      requireAllowed(work.actor, 'roster.plan');
      const found = await planAll(work, rows);
      if (preview || found.problems.length > 0) throw new NotApplied(found);
      work.audit({ action: 'roster.import', resource: 'roster', detail: { shifts: found.shifts.length } });
      return { ...found, applied: true };
    });
    return reply;
  } catch (error) {
    if (error instanceof NotApplied) return error.found;
    throw error;
  }
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
    return [{ row, column: null, message: error.message }];
  }
}

interface Directory {
  units: Map<string, string>;
  officers: Map<string, OfficerRow[]>;
  vehicles: Map<string, string>;
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
    vehicles: new Map(vehicles.map(({ plate, id }) => [plate, id])),
  };
}

function lookUp(
  directory: Directory,
  { row, callsign, startsAt, endsAt, officers, plate }: RosterRow,
): { plan: ShiftPlan } | { problems: RosterProblem[] } {
  const problems: RosterProblem[] = [];
  const unitId = directory.units.get(callsign);
  if (unitId === undefined)
    problems.push({ row, column: 'unit', message: `'${callsign}'; expected the callsign of a unit` });
  const vehicleId = plate === null ? null : directory.vehicles.get(plate);
  if (vehicleId === undefined)
    problems.push({ row, column: 'vehicle', message: `'${plate}'; expected the plate of a vehicle` });
  const officerIds = officers.flatMap(name => {
    const found = directory.officers.get(name) ?? [];
    if (found.length === 1) return found.map(({ id }) => id);
    const expected =
      found.length === 0 ? 'a badge number or name of an officer' : 'a badge number: the name is not unique';
    problems.push({ row, column: 'officers', message: `'${name}'; expected ${expected}` });
    return [];
  });
  if (unitId === undefined || vehicleId === undefined || problems.length > 0) return { problems };
  const plan = {
    unitId,
    vehicleId,
    officerIds: [...new Set(officerIds)],
    from: new Date(startsAt),
    to: new Date(endsAt),
  };
  return { plan };
}
