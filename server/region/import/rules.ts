/**
 * Traffic rules beside those on the ways themselves: turn restrictions and what stands in the road. They are read as a
 * police car on its way drives: what is open to cars or to emergency vehicles is open. Rules for some hours or days
 * only are counted and not applied.
 */
import type { RoadInput, TurnRestriction } from '#road/build.ts';
import type { OsmNode, OsmRelation, Tags } from './osm.ts';

type Rules = Pick<RoadInput, 'restrictions' | 'barriers'> & { leftOut: NonNullable<RoadInput['leftOut']> };

const TURN = /^(no|only)_(left_turn|right_turn|straight_on|u_turn|entry|exit)$/;
/** Vehicles of which an exception lets a police car through. */
const OURS = ['motorcar', 'motor_vehicle', 'vehicle', 'emergency'];
/** From before `:conditional`, and still about. */
const HOURS = ['day_on', 'day_off', 'hour_on', 'hour_off'];

/** Blocks a car unless the access says otherwise. */
const BLOCKING = new Set(
  'block bollard bus_trap chain cycle_barrier debris fence full-height_turnstile guard_rail horse_stile jersey_barrier kissing_gate log motorcycle_barrier planter rope sliding_beam spikes stile sump_buster turnstile wall wedge'.split(
    ' ',
  ),
);
const CLOSED_TO_CARS = new Set(['no', 'private', 'agricultural', 'forestry', 'military']);

/** What the tags say of cars; the most particular one decides. */
const carAccess = (tags: Tags): string | undefined =>
  tags.motorcar ?? tags.motor_vehicle ?? tags.vehicle ?? tags.access;

/** Whether a car may use a way or a ferry; nothing said counts as yes. */
export function isOpenToCars(tags: Tags): boolean {
  const access = carAccess(tags);
  return access !== 'no' && access !== 'private';
}

/** Whether a tag of these names holds at some times only. */
const isTimed = (tags: Tags, names: string[]): boolean =>
  names.some(name => tags[`${name}:conditional`] !== undefined);

/** The rules that concern these roads. */
export function readRules(
  roads: Pick<RoadInput, 'nodes' | 'ways'>,
  relations: readonly OsmRelation[],
  taggedNodes: readonly OsmNode[],
): Rules {
  const rules: Rules = { restrictions: [], barriers: [], leftOut: { restrictions: 0, timed: 0 } };
  const ways = new Set(roads.ways.map(way => way.id));
  for (const relation of relations) {
    if (!relation.members.some(({ type, ref }) => type === 'way' && ways.has(ref))) continue;
    const restriction = restrictionOf(relation);
    if (restriction === 'timed') rules.leftOut.timed++;
    else if (restriction === 'unclear') rules.leftOut.restrictions++;
    else if (restriction) rules.restrictions.push(restriction);
  }
  for (const { id, tags } of taggedNodes) {
    if (tags?.barrier === undefined || !roads.nodes.has(id)) continue;
    if (blocksCars(tags)) rules.barriers.push(id);
    else if (tags.opening_hours !== undefined || isTimed(tags, ['access', 'locked', ...OURS]))
      rules.leftOut.timed++;
  }
  return rules;
}

/** Whether a way is open, or one-way, at some times only. */
export const hasTimedAccess = (tags: Tags): boolean => isTimed(tags, ['access', 'oneway', ...OURS]);

/** Null: it does not concern us. */
export function restrictionOf({
  id,
  tags = {},
  members,
}: OsmRelation): TurnRestriction | 'timed' | 'unclear' | null {
  const kinds = ['restriction:motorcar', 'restriction:motor_vehicle', 'restriction'];
  const value = kinds.map(kind => tags[kind]).find(each => each !== undefined);
  if (value === undefined) return isTimed(tags, kinds) ? 'timed' : null;
  if (tags.except?.split(';').some(vehicle => OURS.includes(vehicle.trim()))) return null;
  if (HOURS.some(name => tags[name] !== undefined)) return 'timed';
  const turn = TURN.exec(value);
  const inRole = (role: string) => members.filter(member => member.role === role);
  const [from, via, to] = [inRole('from'), inRole('via'), inRole('to')];
  const refs = (list: typeof members): number[] => list.map(member => member.ref);
  const isWay = ({ type }: (typeof members)[number]): boolean => type === 'way';
  if (!turn || from.length === 0 || to.length === 0 || ![...from, ...to].every(isWay)) return 'unclear';
  const ends = { id, only: turn[1] === 'only', from: refs(from), to: refs(to) };
  if (via.length === 1 && via[0]!.type === 'node') return { ...ends, via: { node: via[0]!.ref } };
  return via.length > 0 && via.every(isWay) ? { ...ends, via: { ways: refs(via) } } : 'unclear';
}

/** Whether no car gets past this barrier. Gates and toll booths open, unless they are locked or private. */
export function blocksCars(tags: Tags): boolean {
  if (tags.emergency === 'yes') return false;
  const access = carAccess(tags);
  if (access !== undefined) return CLOSED_TO_CARS.has(access);
  return tags.locked === 'yes' || BLOCKING.has(tags.barrier ?? '');
}
