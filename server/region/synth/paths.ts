import type { Edge, Network, RoadStyle } from './network.ts';

/** The edges of each road: those that share a style object. */
export function edgesByStyle(network: Network): Map<RoadStyle, Edge[]> {
  const roads = new Map<RoadStyle, Edge[]>();
  for (const edge of network.edges) {
    if (!edge.alive) continue;
    const list = roads.get(edge.style);
    if (list) list.push(edge);
    else roads.set(edge.style, [edge]);
  }
  return roads;
}

/** The courses of a road from end to end or fork to fork, as node numbers; rings are left out. */
export function coursesOf(network: Network, edges: readonly Edge[]): number[][] {
  const own = new Set(edges);
  const at = (node: number): Edge[] => network.edgesAt(node).filter(edge => own.has(edge));
  const used = new Set<Edge>();
  const courses: number[][] = [];
  for (const { a, b } of edges) {
    for (const start of [a, b]) {
      if (at(start).length === 2) continue;
      for (const first of at(start)) {
        if (used.has(first)) continue;
        const course = [start];
        for (let edge: Edge | undefined = first; edge && !used.has(edge); ) {
          used.add(edge);
          const node = edge.a === course.at(-1) ? edge.b : edge.a;
          course.push(node);
          const onward = at(node);
          edge = onward.length === 2 ? onward.find(next => !used.has(next)) : undefined;
        }
        courses.push(course);
      }
    }
  }
  return courses;
}
