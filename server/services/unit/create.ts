import { inArray } from 'drizzle-orm';
import type { z } from 'zod';
import { CodedError } from '#contract/errors.ts';
import type { Crew, unitBodySchema, UnitKind } from '#contract/unit.ts';
import { stationExists } from '../../../db/queries/station-exists.ts';
import type { UnitRow } from '../../../db/queries/units.ts';
import { unit } from '../../../db/schema/index.ts';
import type { ServiceDeps } from '../../deps.ts';
import { requireAllowed } from '../guard.ts';
import { type Call, type Done, perform, type Work } from '../unit-of-work.ts';

interface NewUnit {
  callsign: string;
  stationId: string | null;
  kind: UnitKind;
  crew: Crew;
}

/** Adds a unit, available at once. Throws conflict when the callsign is taken, invalidBody for an unknown station. */
export function createUnit(
  deps: ServiceDeps,
  call: Call,
  body: z.infer<typeof unitBodySchema>,
): Promise<Done<UnitRow>> {
  const stationId = body.stationId ?? null;
  requireAllowed(call.actor, 'unit.create', { stationId });
  return perform(deps, call, async work => {
    if (stationId !== null && !(await stationExists(work.tx, stationId))) {
      throw new CodedError('invalidBody', `body field stationId: there is no station ${stationId}`);
    }
    const [made] = await createUnits(work, [{ ...body, stationId }]);
    if (!made) throw new CodedError('conflict', `the callsign ${body.callsign} is taken`);
    work.audit({ action: 'unit.create', resource: made.id });
    return made;
  });
}

/** Adds those units whose callsigns are not taken, with their log rows, and gives those that were added. */
export async function createUnits(work: Work, units: readonly NewUnit[]): Promise<UnitRow[]> {
  if (units.length === 0) return [];
  const callsigns = units.map(({ callsign }) => callsign);
  const taken = await work.tx
    .select({ callsign: unit.callsign })
    .from(unit)
    .where(inArray(unit.callsign, callsigns));
  const known = new Set(taken.map(({ callsign }) => callsign));
  const fresh = units.filter(({ callsign }) => !known.has(callsign));
  if (fresh.length === 0) return [];
  const values = fresh.map(({ callsign, stationId, kind, crew }) => ({
    id: work.id('unt'),
    callsign,
    stationId,
    kind,
    state: 'available' as const,
    ...crew,
    createdAt: work.at,
  }));
  const made = await work.tx.insert(unit).values(values).returning();
  return made.map(({ id, slot, callsign, stationId, kind, state, sworn, auxiliary }) => {
    const facts = { slot, callsign, stationId, kind, state, crew: { sworn, auxiliary } };
    work.append({ kind: 'unitCreated', observedAt: work.now, payload: { unitId: id, ...facts } });
    return { id, ...facts };
  });
}
