/** Junctions as places where units stand. */
import type { Snap } from '#road/access.ts';
import { nodePosition, type RoadGraph } from '#road/graph.ts';

/** A junction as where one drives to or from. */
export function junctionSnap(graph: RoadGraph, junction: number): Snap {
  const arc = graph.arcOffset[junction]!;
  const edge = graph.arcEdge[arc]!;
  const position = nodePosition(graph, junction);
  return {
    asked: position,
    edge,
    fraction: graph.edgeFrom[edge] === junction ? 0 : 1,
    position,
    distanceM: 0,
  };
}

/** What the roads that meet there are called, the longest first; null where none has a name. */
export function junctionName(graph: RoadGraph, junction: number, lang: 'zh' | 'en'): string | null {
  const lengthM = new Map<string, number>();
  for (let arc = graph.arcOffset[junction]!; arc < graph.arcOffset[junction + 1]!; arc++) {
    const edge = graph.arcEdge[arc]!;
    const { name, nameEn, ref } = graph.names[graph.edgeName[edge]!]!;
    const said = (lang === 'en' ? (nameEn ?? name) : name) ?? ref;
    if (said !== undefined) lengthM.set(said, (lengthM.get(said) ?? 0) + graph.edgeLengthM[edge]!);
  }
  const names = [...lengthM].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([name]) => name);
  return names.length === 0 ? null : names.slice(0, 2).join(' / ');
}
