import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildRoadGraph } from '../../server/road/assemble.ts';
import type { RoadInput, RoadWay } from '../../server/road/build.ts';
import { lineLengthM } from '../../server/road/geo.ts';
import {
  edgeFlag,
  edgeRoadClass,
  edgeShape,
  edgeSlice,
  noArc,
  nodePosition,
  type RoadGraph,
} from '../../server/road/graph.ts';
import { street } from '../builders/street.ts';
import { roadInput } from './arbitraries.ts';
import { floydWarshall } from './oracles.ts';

/** Roads without turn restrictions or barriers. */
const roadsOf = (nodes: RoadInput['nodes'], ways: RoadWay[]): RoadInput => ({
  nodes,
  ways,
  restrictions: [],
  barriers: [],
});

/** Nodes 0, 1, 2, … a hundred metres apart from west to east on the equator. */
const inARow = (count: number): RoadInput['nodes'] =>
  new Map(Array.from({ length: count }, (_, i) => [i, [i * 0.0008993216, 0]]));

const edgesOf = (graph: RoadGraph): number[] => Array.from({ length: graph.edgeCount }, (_, edge) => edge);

describe('buildRoadGraph', () => {
  it('splits ways where they meet and nowhere else', () => {
    const graph = buildRoadGraph(roadsOf(inARow(7), [street(1, [0, 1, 2, 3, 4]), street(2, [2, 5, 6])]));
    expect(edgesOf(graph).map(edge => [graph.edgeWayId[edge], edgeShape(graph, edge).length])).toEqual([
      [1, 3],
      [1, 3],
      [2, 3],
    ]);
    expect(graph.nodeCount).toBe(4);
    expect(graph.arcCount).toBe(6);
    expect(graph.arcDs[0]).toBe(200);
    expect(graph.edgeLengthM[0]).toBeCloseTo(200, 1);
  });

  it('keeps what a way is', () => {
    const names = { name: '迎宾路', nameEn: 'Yingbin Road', ref: 'X012' };
    const graph = buildRoadGraph(
      roadsOf(inARow(3), [
        street(7, [0, 1], { ...names, roadClass: 'secondary', link: true, tunnel: true }),
        street(12_345_678_901, [1, 2], { surface: 'unpaved', bridge: true }),
      ]),
    );
    expect(graph.edgeWayId[1]).toBe(12_345_678_901);
    expect(edgeRoadClass(graph, 0)).toBe('secondary');
    expect(graph.names[graph.edgeName[0]!]).toEqual(names);
    expect(graph.names[graph.edgeName[1]!]).toEqual({});
    expect(graph.edgeFlags[0]).toBe(edgeFlag.link | edgeFlag.tunnel);
    expect(graph.edgeFlags[1]).toBe(edgeFlag.unpaved | edgeFlag.bridge);
  });

  it('cuts a loop at its middle, keeping its whole length', () => {
    const nodes: RoadInput['nodes'] = inARow(5);
    nodes.set(5, [0.004, 0.001]);
    const graph = buildRoadGraph(roadsOf(nodes, [street(1, [0, 1, 2, 3, 5, 4, 2])]));
    for (const edge of edgesOf(graph)) expect(graph.edgeFrom[edge]).not.toBe(graph.edgeTo[edge]);
    const whole = lineLengthM([0, 1, 2, 3, 5, 4, 2].map(ref => nodes.get(ref)!));
    expect(graph.edgeLengthM.reduce((sum, metres) => sum + metres, 0)).toBeCloseTo(whole, 1);
  });

  it('keeps parallel roads apart', () => {
    const graph = buildRoadGraph(roadsOf(inARow(4), [street(1, [0, 1, 3]), street(2, [0, 2, 3])]));
    expect([graph.nodeCount, graph.edgeCount, graph.arcCount]).toEqual([2, 2, 4]);
  });

  it('cuts a way at a node that the extract does not hold', () => {
    const graph = buildRoadGraph(roadsOf(inARow(6), [street(1, [0, 1, 99, 2, 3]), street(2, [1, 4, 5, 2])]));
    expect(edgesOf(graph).map(edge => Math.round(graph.edgeLengthM[edge]!))).toEqual([100, 100, 700]);
  });

  it('drops what has no way in or no way out, and says how much', () => {
    const graph = buildRoadGraph(
      roadsOf(inARow(9), [
        street(1, [0, 1, 2]),
        street(2, [2, 3], { oneway: 1 }),
        street(3, [4, 2], { oneway: 1 }),
        street(4, [6, 7]),
      ]),
    );
    expect(graph.edgeCount).toBe(1);
    expect(graph.dropped).toMatchObject({ nodes: 4, edges: 3 });
    expect(graph.dropped.lengthM).toBeCloseTo(400, 0);
  });

  it('makes nothing of nothing', () => {
    expect(buildRoadGraph(roadsOf(new Map(), []))).toMatchObject({
      nodeCount: 0,
      edgeCount: 0,
      arcCount: 0,
    });
  });

  it('refuses a way without a speed', () => {
    expect(() => buildRoadGraph(roadsOf(inARow(2), [street(5, [0, 1], { speedKmh: 0 })]))).toThrow(
      /Way 5.*above 0/,
    );
  });

  it('is consistent whatever the ways: arcs, edges, shapes and offsets agree, and all nodes reach each other', () => {
    fc.assert(
      fc.property(roadInput, input => {
        const graph = buildRoadGraph(input);
        const arcs: [number, number, number][] = [];
        for (let node = 0; node < graph.nodeCount; node++) {
          for (let arc = graph.arcOffset[node]!; arc < graph.arcOffset[node + 1]!; arc++) {
            expect(graph.arcFrom[arc]).toBe(node);
            arcs.push([node, graph.arcTo[arc]!, graph.arcDs[arc]!]);
          }
          for (const arc of graph.inArc.subarray(graph.inOffset[node], graph.inOffset[node + 1]))
            expect(graph.arcTo[arc]).toBe(node);
        }
        for (const edge of edgesOf(graph)) expectConsistentEdge(graph, edge);
        expect(floydWarshall(graph.nodeCount, arcs).flat()).not.toContain(Infinity);
        expect(graph.arcCount).toBe(graph.edgeArc.filter(arc => arc !== noArc).length);
      }),
      { numRuns: 300 },
    );
  });
});

function expectConsistentEdge(graph: RoadGraph, edge: number): void {
  const [from, to] = [graph.edgeFrom[edge]!, graph.edgeTo[edge]!];
  expect(from).not.toBe(to);
  const shape = edgeShape(graph, edge);
  expect([shape[0], shape.at(-1)]).toEqual([nodePosition(graph, from), nodePosition(graph, to)]);
  expect(graph.edgeLengthM[edge]).toBeCloseTo(lineLengthM(shape), 0);
  const [forward, backward] = [graph.edgeArc[edge * 2]!, graph.edgeArc[edge * 2 + 1]!];
  expect(forward !== noArc || backward !== noArc).toBe(true);
  if (forward !== noArc)
    expect([graph.arcFrom[forward], graph.arcTo[forward], graph.arcEdge[forward]]).toEqual([from, to, edge]);
  if (backward !== noArc)
    expect([graph.arcFrom[backward], graph.arcTo[backward], graph.arcEdge[backward]]).toEqual([
      to,
      from,
      edge,
    ]);
}

describe('edgeSlice', () => {
  it('has the share of the length that was asked for, runs in the direction asked for, and joins up with its rest', () => {
    const fraction = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(roadInput, fc.nat(), fraction, fraction, (input, pick, first, second) => {
        const graph = buildRoadGraph(input);
        fc.pre(graph.edgeCount > 0);
        const edge = pick % graph.edgeCount;
        const wholeM = lineLengthM(edgeShape(graph, edge));
        const slice = edgeSlice(graph, edge, first, second);
        // A part of a segment has another middle latitude than the whole, so its formula differs by a hair.
        expect(Math.abs(lineLengthM(slice) - wholeM * Math.abs(second - first))).toBeLessThan(
          1e-3 + wholeM * 1e-4,
        );
        const rest = edgeSlice(graph, edge, second, first);
        expect(lineLengthM([slice.at(-1)!, rest[0]!])).toBeLessThan(1e-3);
        expect(lineLengthM([slice[0]!, rest.at(-1)!])).toBeLessThan(1e-3);
      }),
    );
  });
});
