import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildRoadGraph } from '../../server/road/assemble.ts';
import { buildHierarchy } from '../../server/road/contraction.ts';
import { openRoad, RoadFileError, serializeRoad } from '../../server/road/file.ts';
import { nodePosition } from '../../server/road/graph.ts';
import { RoadRouter } from '../../server/road/router.ts';
import { roadInput } from './arbitraries.ts';
import { gridTown } from './gridTown.ts';

const graph = buildRoadGraph(gridTown(400, 3));
const hierarchy = buildHierarchy(graph);
const bytes = serializeRoad(graph, hierarchy);

/** A changed copy of the file. */
function changed(change: (copy: Uint8Array) => void): ArrayBuffer {
  const copy = bytes.slice();
  change(copy);
  return copy.buffer;
}

describe('road file', () => {
  it('gives back what was written', () => {
    expect(openRoad(bytes.buffer)).toEqual({ graph, hierarchy });
  });

  it('gives back any network, the empty one too', () => {
    fc.assert(
      fc.property(roadInput, input => {
        const small = buildRoadGraph(input);
        const file = { graph: small, hierarchy: buildHierarchy(small) };
        expect(openRoad(serializeRoad(file.graph, file.hierarchy).buffer)).toEqual(file);
      }),
    );
  });

  it('is the same bytes for the same roads', () => {
    const again = buildRoadGraph(gridTown(400, 3));
    expect(serializeRoad(again, buildHierarchy(again))).toEqual(bytes);
  });

  it('opens shared memory without copying, and routes on it', () => {
    const shared = new SharedArrayBuffer(bytes.length);
    new Uint8Array(shared).set(bytes);
    const opened = openRoad(shared);
    expect(opened.graph.shape.buffer).toBe(shared);
    expect(opened.hierarchy.up.arc.buffer).toBe(shared);
    const [from, to] = [nodePosition(graph, 0), nodePosition(graph, graph.nodeCount - 1)];
    const route = new RoadRouter(opened.graph, opened.hierarchy).route(from, to);
    expect(route).toEqual(new RoadRouter(graph, hierarchy).route(from, to));
    expect(route).not.toBeNull();
  });
});

describe('openRoad refuses', () => {
  const refusal = (buffer: ArrayBuffer): string => {
    try {
      openRoad(buffer);
    } catch (error) {
      expect(error).toBeInstanceOf(RoadFileError);
      return (error as Error).message;
    }
    throw new Error('The file was opened; a refusal was expected.');
  };

  it('nothing', () => {
    expect(refusal(new ArrayBuffer(0))).toMatch(/0 bytes/);
  });

  it('a foreign file', () => {
    const png = new Uint8Array(100);
    png.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    expect(refusal(png.buffer)).toMatch(/Not a road file.*JMROAD/);
  });

  it('another version, naming both', () => {
    expect(refusal(changed(copy => copy.set([9], 8)))).toMatch(/version 9.*version 2/);
  });

  it('a file that was cut off anywhere', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: bytes.length - 1 }), length => {
        refusal(bytes.slice(0, length).buffer);
      }),
    );
    expect(refusal(bytes.slice(0, bytes.length - 8).buffer)).toMatch(/cut off/);
  });

  it('a file with bytes added', () => {
    const longer = new Uint8Array(bytes.length + 8);
    longer.set(bytes);
    expect(refusal(longer.buffer)).toMatch(/were expected/);
  });

  it('any single changed byte', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: bytes.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        (at, flip) => {
          refusal(changed(copy => copy.set([copy[at]! ^ flip], at)));
        },
      ),
      { numRuns: 1000 },
    );
  });
});
