/** Who works in the demo's crews, and when: invented officers, vehicles, and shifts of twelve hours. Pure. */
import type { OfficerBody, RosterView, VehicleBody } from '#contract/roster.ts';
import type { Random } from '#domain/random.ts';
import { inventPerson } from './people.ts';

type RosterUnit = RosterView['units'][number];

/** A unit's people: one team by day, another by night, so that nobody works around the clock. */
export interface Staff {
  unit: RosterUnit;
  day: OfficerBody[];
  /** Null: this unit works by day only. */
  night: OfficerBody[] | null;
  vehicle: VehicleBody | null;
}

/** A shift that is still to be planned. */
export interface WantedShift {
  staff: Staff;
  officers: OfficerBody[];
  startMs: number;
  endMs: number;
}

const hour = 3_600_000;
/** Shifts change at 08:00 and 20:00 in Shanghai, which is midnight and noon of UTC. */
const shiftMs = 12 * hour;
const aheadMs = 36 * hour;
/** Crews on foot and on motorcycles of which there is none by night; cars are always out. */
const byDayOnlyShare = 0.3;
const mostDraws = 50;

export const shiftStart = (ms: number): number => Math.floor(ms / shiftMs) * shiftMs;
export const shiftEnd = (ms: number): number => shiftStart(ms) + shiftMs;

/** The time that shifts are planned for at `nowMs`: from the current shift to at least 36 hours ahead. */
export const planningSpan = (nowMs: number): { fromMs: number; toMs: number } => ({
  fromMs: shiftStart(nowMs),
  toMs: shiftEnd(nowMs + aheadMs - 1),
});

/** The people and vehicles of each unit: always the same ones for the same units and seed, each once. */
export function inventStaff(units: readonly RosterUnit[], random: Random): Staff[] {
  const badges = new Set<string>();
  const plates = new Set<string>();
  const names = new Set<string>();
  return units.map(unit => {
    const own = random.fork(unit.callsign);
    const { kind, stationId } = unit;
    const officer = (sworn: boolean): OfficerBody => {
      const { name, phone } = inventPerson(own);
      // Of two with one name in a station the badge would have to tell; there are names enough.
      const called = fresh(names, `${stationId} `, name, () => inventPerson(own).name);
      const badge = () => (sworn ? '' : 'FJ') + digits(own, sworn ? 6 : 5);
      return { name: called, badgeNumber: fresh(badges, '', badge(), badge), sworn, stationId, phone };
    };
    const team = (): OfficerBody[] => [
      ...Array.from({ length: unit.crew.sworn }, () => officer(true)),
      ...Array.from({ length: unit.crew.auxiliary }, () => officer(false)),
    ];
    const plate = () => `云F·${digits(own, 5)}`;
    const day = team();
    const vehicle =
      kind === 'foot' ? null : { plate: fresh(plates, '', plate(), plate), kind, stationId, inService: true };
    const byDayOnly = kind !== 'car' && own.chance(byDayOnlyShare);
    return { unit, day, vehicle, night: byDayOnly ? null : team() };
  });
}

/**
 * What is missing of the plan at `nowMs`, the earliest first. Each unit's plan goes on where its last shift ends: a
 * shift that people took out or changed before that stays as they left it.
 */
export function missingShifts(
  staffs: readonly Staff[],
  planned: readonly { unitId: string; endsAt: string }[],
  nowMs: number,
): WantedShift[] {
  const { fromMs, toMs } = planningSpan(nowMs);
  const plannedToMs = new Map<string, number>();
  for (const { unitId, endsAt } of planned)
    plannedToMs.set(unitId, Math.max(plannedToMs.get(unitId) ?? 0, Date.parse(endsAt)));
  const wanted: WantedShift[] = [];
  for (let startMs = fromMs; startMs < toMs; startMs += shiftMs)
    for (const staff of staffs) {
      const officers = isDay(startMs) ? staff.day : staff.night;
      if (officers === null || startMs < (plannedToMs.get(staff.unit.id) ?? 0)) continue;
      wanted.push({ staff, officers, startMs, endMs: startMs + shiftMs });
    }
  return wanted;
}

const isDay = (startMs: number): boolean => (startMs / shiftMs) % 2 === 0;

const digits = (random: Random, count: number): string =>
  String(random.int(10 ** count)).padStart(count, '0');

/** Draws again while somebody else has it; a very large station runs out of names, and then two share one. */
function fresh(taken: Set<string>, scope: string, first: string, draw: () => string): string {
  let value = first;
  for (let i = 0; i < mostDraws && taken.has(scope + value); i++) value = draw();
  taken.add(scope + value);
  return value;
}
