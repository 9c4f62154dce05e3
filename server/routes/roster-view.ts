import type { z } from 'zod';
import type { DutyNow, OfficerView, RosterView, rosterQuerySchema, ShiftView } from '#contract/roster.ts';
import { listOfficers, type OfficerRow } from '../../db/queries/officer.ts';
import { type ShiftRow, shiftsBetween } from '../../db/queries/shift.ts';
import { listUnits } from '../../db/queries/units.ts';
import { listVehicles } from '../../db/queries/vehicle.ts';
import type { Actor } from '../auth/actor.ts';
import { maskPhone } from '../auth/masking.ts';
import { listReach } from '../auth/reach.ts';
import type { AppDeps } from '../deps.ts';
import { noSuch } from '../services/guard.ts';
import { dutiesAt } from '../services/unit/duty.ts';

/** A county has some hundreds of units at most; the board shows them all. */
const mostUnits = 5000;

/** The roster of a time, of the asker's reach or one station in it. Throws notFound for a station out of reach. */
export function readRoster(
  { database }: Pick<AppDeps, 'database'>,
  actor: Actor,
  { from, to, stationId }: z.infer<typeof rosterQuerySchema>,
): Promise<RosterView> {
  const station = stationOf(actor, stationId);
  return database.read(async tx => {
    const shifts = await shiftsBetween(tx, { from: new Date(from), to: new Date(to), station });
    // Lent by another station: not its own to plan, but its board must name them.
    const lentOfficers = shifts.flatMap(({ officerIds }) => officerIds);
    const lentVehicles = shifts.flatMap(({ vehicleId }) => vehicleId ?? []);
    const units = await listUnits(tx, { ...(station !== undefined && { station }), limit: mostUnits });
    return {
      from,
      to,
      units: units.map(({ id, callsign, stationId: at, kind, state, crew }) => ({
        id,
        callsign,
        stationId: at,
        kind,
        state,
        crew,
      })),
      shifts: shifts.map(shiftView),
      officers: (await listOfficers(tx, { station, also: lentOfficers })).map(officerView),
      vehicles: await listVehicles(tx, { station, also: lentVehicles }),
    };
  });
}

/** Every unit within reach with whether it is on duty, by station. */
export function dutyNow(
  { database, clock }: Pick<AppDeps, 'database' | 'clock'>,
  actor: Actor,
): Promise<DutyNow> {
  const station = stationOf(actor, undefined);
  const at = new Date(clock.now());
  return database.read(async tx => {
    const units = await listUnits(tx, { ...(station !== undefined && { station }), limit: mostUnits });
    const duties = await dutiesAt(tx, units, at);
    const views = units.map(({ id: unitId, callsign, state, stationId }) => {
      const { onDuty, until, next, why, crew } = duties.get(unitId)!;
      const availableUntil = onDuty ? until : null;
      const view = { unitId, callsign, state, crew, onDuty, availableUntil, nextShiftAt: next, why };
      return { stationId, view };
    });
    const stations = [...Map.groupBy(views, each => each.stationId)].map(([stationId, ofStation]) => {
      const serving = ofStation.filter(({ view }) => view.onDuty && view.state !== 'outOfService');
      return {
        stationId,
        onDuty: serving.length,
        available: serving.filter(({ view }) => view.state === 'available').length,
        units: ofStation.map(({ view }) => view),
      };
    });
    return { at: at.toISOString(), stations };
  });
}

/** The station that an answer is about; undefined: the county. Another one than the asker's own does not exist for him. */
function stationOf(actor: Actor, asked: string | undefined): string | null | undefined {
  const reach = listReach(actor, 'roster.read');
  if (reach === 'all') return asked;
  if (asked !== undefined && asked !== reach.stationId) throw noSuch('station', asked);
  return reach.stationId;
}

const shiftView = ({ id, unitId, startsAt, endsAt, crew, officerIds, vehicleId }: ShiftRow): ShiftView => ({
  id,
  unitId,
  startsAt,
  endsAt,
  crew,
  officerIds,
  vehicleId,
});

const officerView = ({ phone, ...rest }: OfficerRow): OfficerView => ({
  ...rest,
  phoneMasked: phone === null ? null : maskPhone(phone),
});
