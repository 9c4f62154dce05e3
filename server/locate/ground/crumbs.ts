/** Very short streets become the end of one that they touch end to end. */
import type { RoadGraph } from '#road/graph.ts';
import type { Cells } from './cells.ts';
import { jointsOf, maxStreetM, type Street } from './streets.ts';

const crumbM = 60;

export function joinCrumbs(graph: RoadGraph, cells: Cells, streets: readonly Street[]): Street[] {
  const current = [...streets] as (Street | null)[];
  const touching = new Map<number, Set<number>>();
  const atJoint = (joint: number): Set<number> => {
    const known = touching.get(joint) ?? new Set();
    touching.set(joint, known);
    return known;
  };
  streets.forEach((street, i) => {
    for (const joint of jointsOf(graph, cells, street)) atJoint(joint).add(i);
  });
  for (let i = 0; i < current.length; i++) {
    const crumb = current[i]!;
    if (crumb.lengthM >= crumbM) continue;
    const joints = jointsOf(graph, cells, crumb);
    if (joints[0] === joints[1]) continue;
    const candidates = joints.flatMap(joint =>
      [...atJoint(joint)].map(other => ({ joint, other, street: current[other]! })),
    );
    const best = candidates
      .filter(({ other, street }) => other !== i && street.lengthM + crumb.lengthM <= maxStreetM)
      .filter(({ street }) => !isRing(jointsOf(graph, cells, street)))
      .reduce<(typeof candidates)[number] | null>(
        (least, candidate) => (least && least.street.lengthM <= candidate.street.lengthM ? least : candidate),
        null,
      );
    if (!best) continue;
    for (const joint of joints) atJoint(joint).delete(i);
    for (const joint of jointsOf(graph, cells, best.street)) atJoint(joint).delete(best.other);
    const joined = joinAt(graph, cells, best.street, crumb, best.joint);
    current[i] = null;
    current[best.other] = joined;
    for (const joint of jointsOf(graph, cells, joined)) atJoint(joint).add(best.other);
    // A crumb that was passed already and has grown is looked at no more: two crumbs are still short.
  }
  return current.filter(street => street !== null);
}

const isRing = ([a, b]: [number, number]): boolean => a === b;

/** One chain of two that touch at a joint: first `a` up to the joint, then `b` away from it. */
function joinAt(graph: RoadGraph, cells: Cells, a: Street, b: Street, joint: number): Street {
  const before = jointsOf(graph, cells, a)[1] === joint ? a : turned(a);
  const after = jointsOf(graph, cells, b)[0] === joint ? b : turned(b);
  return { stretches: [...before.stretches, ...after.stretches], lengthM: a.lengthM + b.lengthM };
}

const turned = ({ stretches, lengthM }: Street): Street => ({
  stretches: stretches.map(stretch => ({ ...stretch, reversed: !stretch.reversed })).reverse(),
  lengthM,
});
