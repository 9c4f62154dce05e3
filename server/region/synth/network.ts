import type { RoadClass } from '#road/build.ts';
import { crossFraction, densify, distance, type Line, mix, projectFraction, type Vec } from './plane.ts';

/** What every edge of one named road has in common. Two edges belong to the same road when they share this object. */
export interface RoadStyle {
  roadClass: RoadClass;
  speedKmh: number;
  name?: string;
  nameEn?: string;
  ref?: string;
  link?: boolean;
  unpaved?: boolean;
  oneway?: boolean;
  /** Roads of different levels cross without meeting; 0 is the ground, the higher one is a bridge where they cross. */
  level?: number;
  tunnel?: boolean;
}

export interface Edge {
  a: number;
  b: number;
  style: RoadStyle;
  alive: boolean;
  seen: number;
}

const cellM = 80;
const maxEdgeM = 60;
const cellOf = (metres: number): number => Math.floor(metres / cellM) + 65_536;
const keyOf = (x: number, y: number): number => cellOf(x) * 131_072 + cellOf(y);

/**
 * The road network while it grows. It stays planar within a level: a new line that meets an old one is tied to it
 * by a shared node, so that nothing ever crosses without a junction.
 */
export class Network {
  readonly nodes: Vec[] = [];
  readonly edges: Edge[] = [];
  private readonly levels: number[] = [];
  private readonly nodeEdges: number[][] = [];
  private readonly nodeCells = new Map<number, number[]>();
  private readonly edgeCells = new Map<number, number[]>();
  private visit = 0;

  /** Live edges at a node. */
  edgesAt(node: number): Edge[] {
    return (this.nodeEdges[node] ?? []).map(index => this.edges[index]!);
  }

  /**
   * Lays a road along the points and returns its nodes in order. Points within `snapM` of an existing node or road of
   * the same level move onto it. `from` and `to` tie the ends to given nodes of any level.
   */
  addLine(
    points: Line,
    style: RoadStyle,
    options: { snapM?: number; from?: number; to?: number } = {},
  ): number[] {
    const level = style.level ?? 0;
    const snapM = options.snapM ?? 7;
    const line = densify(points, maxEdgeM);
    const out: number[] = [];
    let before = -1;
    line.forEach((point, i) => {
      let node: number;
      if (i === 0 && options.from !== undefined) node = options.from;
      else if (i === line.length - 1 && options.to !== undefined) node = options.to;
      else node = this.nodeAt(point, level, snapM);
      if (node === before) return;
      if (before >= 0) this.connect(before, node, style, snapM, new Set([before, node]));
      out.push(node);
      before = node;
    });
    return out;
  }

  /** The node at a point: an existing one within reach, else one cut into a road within reach, else a new one. */
  nodeAt(point: Vec, level = 0, snapM = 7): number {
    let best = -1;
    let bestM = snapM;
    this.eachCell(point, point, snapM, key => {
      for (const node of this.nodeCells.get(key) ?? []) {
        if (this.levels[node] !== level) continue;
        const off = distance(this.nodes[node]!, point);
        if (off < bestM) {
          bestM = off;
          best = node;
        }
      }
    });
    if (best >= 0) return best;
    const found = this.nearestEdge(point, snapM, level);
    return found ? this.split(found.edge, found.point) : this.addNode(point, level);
  }

  addNode(point: Vec, level = 0): number {
    const node = this.nodes.push(point) - 1;
    this.levels.push(level);
    this.nodeEdges.push([]);
    push(this.nodeCells, keyOf(point[0], point[1]), node);
    return node;
  }

  /** The nearest edge of a level within `reachM`, with the point on it. */
  nearestEdge(
    point: Vec,
    reachM: number,
    level = 0,
  ): { edge: Edge; point: Vec; distanceM: number } | undefined {
    let best: { edge: Edge; point: Vec; distanceM: number } | undefined;
    let bestM = reachM;
    this.eachEdge(point, point, reachM, edge => {
      if ((edge.style.level ?? 0) !== level) return;
      const a = this.nodes[edge.a]!;
      const b = this.nodes[edge.b]!;
      const on = mix(a, b, projectFraction(point, a, b));
      const off = distance(on, point);
      if (off < bestM) {
        bestM = off;
        best = { edge, point: on, distanceM: off };
      }
    });
    return best;
  }

  /** Calls `visit` once for each live edge whose cells meet the box a–b grown by `reachM`. */
  eachEdge(a: Vec, b: Vec, reachM: number, visit: (edge: Edge) => void): void {
    const round = ++this.visit;
    const { edges, edgeCells } = this;
    const lowX = cellOf(Math.min(a[0], b[0]) - reachM);
    const highX = cellOf(Math.max(a[0], b[0]) + reachM);
    const lowY = cellOf(Math.min(a[1], b[1]) - reachM);
    const highY = cellOf(Math.max(a[1], b[1]) + reachM);
    // Plain loops: this is asked millions of times.
    for (let x = lowX; x <= highX; x++) {
      for (let y = lowY; y <= highY; y++) {
        const cell = edgeCells.get(x * 131_072 + y);
        if (!cell) continue;
        for (let i = 0; i < cell.length; i++) {
          const edge = edges[cell[i]!]!;
          if (!edge.alive || edge.seen === round) continue;
          edge.seen = round;
          visit(edge);
        }
      }
    }
  }

  /** The first ground road that a ray meets. */
  castRay(from: Vec, angle: number, reachM: number): { point: Vec; distanceM: number } | undefined {
    const to: Vec = [from[0] + Math.cos(angle) * reachM, from[1] + Math.sin(angle) * reachM];
    let first = Number.POSITIVE_INFINITY;
    this.eachEdge(from, to, 0, edge => {
      if ((edge.style.level ?? 0) !== 0) return;
      const t = crossFraction(from, to, this.nodes[edge.a]!, this.nodes[edge.b]!);
      if (t !== null && t * reachM > 1 && t < first) first = t;
    });
    return Number.isFinite(first) ? { point: mix(from, to, first), distanceM: first * reachM } : undefined;
  }

  remove(edge: Edge): void {
    edge.alive = false;
    const gone = (index: number): boolean => this.edges[index] === edge;
    for (const node of [edge.a, edge.b]) dropFirst(this.nodeEdges[node]!, gone);
    this.eachCell(this.nodes[edge.a]!, this.nodes[edge.b]!, 0, key =>
      dropFirst(this.edgeCells.get(key) ?? [], gone),
    );
  }

  /** Cuts an edge in two at a point on it; an end of the edge within 0.5 m serves instead of a new node. */
  split(edge: Edge, point: Vec): number {
    if (distance(this.nodes[edge.a]!, point) < 0.5) return edge.a;
    if (distance(this.nodes[edge.b]!, point) < 0.5) return edge.b;
    const node = this.addNode(point, edge.style.level ?? 0);
    this.remove(edge);
    this.addEdge(edge.a, node, edge.style);
    this.addEdge(node, edge.b, edge.style);
    return node;
  }

  /** Joins two nodes by a straight road, whatever lies between; a pair that is joined stays as it is. */
  addEdge(a: number, b: number, style: RoadStyle): void {
    if (a === b || this.edgesAt(a).some(edge => edge.a === b || edge.b === b)) return;
    const index = this.edges.push({ a, b, style, alive: true, seen: 0 }) - 1;
    this.nodeEdges[a]!.push(index);
    this.nodeEdges[b]!.push(index);
    this.eachCell(this.nodes[a]!, this.nodes[b]!, 0, key => push(this.edgeCells, key, index));
  }

  /**
   * Joins two nodes by a straight road, by way of every road it crosses and every node it all but touches. Each node is
   * passed once only, or two of them could push the line back and forth for ever.
   */
  private connect(a: number, b: number, style: RoadStyle, snapM: number, passed: Set<number>): void {
    if (a === b || passed.size > 400) return;
    const via = this.firstObstacle(a, b, style.level ?? 0, snapM * 0.6, passed);
    if (via < 0) {
      this.addEdge(a, b, style);
      return;
    }
    passed.add(via);
    this.connect(a, via, style, snapM, passed);
    this.connect(via, b, style, snapM, passed);
  }

  /** The nearest to `a` of: nodes that the segment passes within `snapM`, and crossings, which become nodes. */
  private firstObstacle(a: number, b: number, level: number, snapM: number, passed: Set<number>): number {
    const from = this.nodes[a]!;
    const to = this.nodes[b]!;
    let first = 1;
    let node = -1;
    this.eachCell(from, to, snapM, key => {
      for (const other of this.nodeCells.get(key) ?? []) {
        if (other === a || other === b || passed.has(other) || this.levels[other] !== level) continue;
        const p = this.nodes[other]!;
        const t = projectFraction(p, from, to);
        if (t <= 0 || t >= first || distance(p, mix(from, to, t)) > snapM) continue;
        if (this.nodeEdges[other]!.length === 0) continue;
        first = t;
        node = other;
      }
    });
    let crossed: Edge | undefined;
    this.eachEdge(from, to, 0, edge => {
      if ((edge.style.level ?? 0) !== level) return;
      if (edge.a === a || edge.b === a || edge.a === b || edge.b === b) return;
      const t = crossFraction(from, to, this.nodes[edge.a]!, this.nodes[edge.b]!);
      if (t === null || t >= first) return;
      first = t;
      crossed = edge;
    });
    if (!crossed) return node;
    const point = mix(from, to, first);
    const endM = (end: number): number =>
      passed.has(end) ? Number.POSITIVE_INFINITY : distance(this.nodes[end]!, point);
    const [endA, endB] = [endM(crossed.a), endM(crossed.b)];
    if (Math.min(endA, endB) < snapM) return endA < endB ? crossed.a : crossed.b;
    return this.split(crossed, point);
  }

  private eachCell(a: Vec, b: Vec, reachM: number, visit: (key: number) => void): void {
    const lowX = cellOf(Math.min(a[0], b[0]) - reachM);
    const highX = cellOf(Math.max(a[0], b[0]) + reachM);
    const lowY = cellOf(Math.min(a[1], b[1]) - reachM);
    const highY = cellOf(Math.max(a[1], b[1]) + reachM);
    for (let x = lowX; x <= highX; x++) for (let y = lowY; y <= highY; y++) visit(x * 131_072 + y);
  }
}

function dropFirst(list: number[], matches: (value: number) => boolean): void {
  const at = list.findIndex(matches);
  if (at >= 0) list.splice(at, 1);
}

function push(cells: Map<number, number[]>, key: number, value: number): void {
  const cell = cells.get(key);
  if (cell) cell.push(value);
  else cells.set(key, [value]);
}
