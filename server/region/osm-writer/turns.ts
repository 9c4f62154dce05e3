import type { RoadInput, RoadWay, TurnRestriction } from '#road/build.ts';
import { lngShrink } from '#road/geo.ts';
import type { OsmRelation, Tags } from '../import/osm.ts';

type Turn = 'left_turn' | 'right_turn' | 'straight_on' | 'u_turn';

/** A turn restriction as OpenStreetMap writes it; the kind of turn is read off the ways' directions. */
export function turnRelation(
  restriction: TurnRestriction,
  roads: RoadInput,
  wayOf: ReadonlyMap<number, RoadWay>,
): Omit<OsmRelation, 'type' | 'id'> {
  const { from, via, to, only } = restriction;
  const way = (ref: number, role: string) => ({ type: 'way' as const, ref, role });
  const members: OsmRelation['members'] = [
    ...from.map(ref => way(ref, 'from')),
    ...('node' in via
      ? [{ type: 'node' as const, ref: via.node, role: 'via' }]
      : via.ways.map(ref => way(ref, 'via'))),
    ...to.map(ref => way(ref, 'to')),
  ];
  return { members, tags: { type: 'restriction', restriction: kindOf() } };

  function kindOf(): string {
    if (from.length > 1) return 'no_entry';
    if (to.length > 1) return 'no_exit';
    return `${only ? 'only' : 'no'}_${turnOf(restriction, roads, wayOf)}`;
  }
}

function turnOf(
  { from, via, to }: TurnRestriction,
  { nodes }: RoadInput,
  wayOf: ReadonlyMap<number, RoadWay>,
): Turn {
  if (!('node' in via) || from[0] === to[0]) return 'u_turn';
  const at = nodes.get(via.node);
  const before = nodes.get(neighbour(wayOf.get(from[0]!), via.node));
  const after = nodes.get(neighbour(wayOf.get(to[0]!), via.node));
  if (!at || !before || !after) return 'straight_on';
  const shrink = lngShrink(at[1]);
  const heading = (a: [number, number], b: [number, number]): number =>
    Math.atan2(b[1] - a[1], (b[0] - a[0]) * shrink);
  const turn = heading(at, after) - heading(before, at);
  const deg = (Math.atan2(Math.sin(turn), Math.cos(turn)) * 180) / Math.PI;
  if (Math.abs(deg) > 150) return 'u_turn';
  if (Math.abs(deg) < 35) return 'straight_on';
  return deg > 0 ? 'left_turn' : 'right_turn';
}

/** The node of a way next to one of its ends. */
function neighbour(way: RoadWay | undefined, node: number): number {
  const nodes = way?.nodes ?? [];
  return (nodes[0] === node ? nodes[1] : nodes.at(-2)) ?? node;
}

export const barrierTags: Tags = { barrier: 'bollard' };
