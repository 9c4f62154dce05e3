import { CellHeap } from './cell-heap.ts';
import type { Corridors } from './corridors.ts';
import type { Network, RoadStyle } from './network.ts';
import { climb } from './hairpins.ts';
import { fractalNoise, type Noise } from './noise.ts';
import { densify, distance, type Line, lineLength, simplify, smooth, type Vec } from './plane.ts';
import { Raster } from './raster.ts';
import type { Random } from '#domain/random.ts';
import type { Terrain } from './terrain.ts';
import type { Water } from './water.ts';

/**
 * Roads across country as cheapest paths over the ground: slopes, water and walls of the land cost, an existing road
 * is cheap, so that roads share valleys and branch off where they must, as they do in the hills.
 */
export class Overland {
  private readonly network: Network;
  private readonly raster: Raster;
  private readonly ground: Float32Array;
  private readonly height: Float32Array;
  private readonly roadSteps = new Set<number>();
  private readonly roadPoint = new Map<number, Vec>();
  private readonly cost: Float64Array;
  private readonly stamp: Int32Array;
  private readonly came: Int32Array;
  private readonly closed: Int32Array;
  private readonly heap = new CellHeap();
  private readonly jitter: Random;
  private readonly wander: Noise;
  private readonly terrain: Terrain;
  private readonly lakeReachM: number;
  private round = 0;

  constructor(network: Network, terrain: Terrain, water: Water, corridors: Corridors, random: Random) {
    this.network = network;
    this.terrain = terrain;
    const { lakeCentre, lake } = terrain;
    this.lakeReachM = Math.max(...(lake[0] ?? []).map(p => distance(p, lakeCentre)));
    this.jitter = random.fork('jitter');
    this.wander = fractalNoise(random.fork('wander'), 560, 3);
    const halfM = terrain.scale.halfM;
    this.raster = new Raster([0, 0], halfM, Math.max(105, halfM / 260));
    const count = this.raster.values.length;
    this.ground = new Float32Array(count);
    this.height = new Float32Array(count);
    this.cost = new Float64Array(count);
    this.stamp = new Int32Array(count);
    this.came = new Int32Array(count);
    this.closed = new Int32Array(count);
    const half = this.raster.cellM / 2;
    for (let i = 0; i < count; i++) {
      const p = this.raster.centreOf(i);
      this.height[i] = terrain.heightM(...p);
      let factor = 1 + random.next() * 0.55;
      const insideM = terrain.insideM(...p);
      if (water.inLake(p, half)) factor = Number.POSITIVE_INFINITY;
      else if (water.isWet(p, half * 0.6)) factor *= 9;
      else if (corridors.isNear(p, half * 1.6)) factor *= 2.5;
      if (insideM < 250) factor *= 3;
      this.ground[i] = factor;
    }
  }

  /** Makes an area dear to cross, so that roads go round it or use the streets that it has. */
  hinder(contains: (p: Vec) => boolean, centre: Vec, radiusM: number, factor: number): void {
    const reach = Math.ceil(radiusM / this.raster.cellM);
    const middle = this.raster.indexOf(centre);
    for (let row = -reach; row <= reach; row++) {
      for (let column = -reach; column <= reach; column++) {
        const i = middle + row * this.raster.size + column;
        if (i >= 0 && i < this.ground.length && contains(this.raster.centreOf(i))) this.ground[i]! *= factor;
      }
    }
  }

  /** Lets later paths run along a road that is already there. */
  mark(line: Line): void {
    let before = -1;
    for (const p of densify(line, this.raster.cellM / 2.5)) {
      const cell = this.raster.indexOf(p);
      if (cell === before) continue;
      if (!this.roadPoint.has(cell)) this.roadPoint.set(cell, p);
      if (before >= 0) this.roadSteps.add(this.stepKey(before, cell));
      before = cell;
    }
  }

  /** True when a road passes through the point's cell. */
  hasRoad(p: Vec): boolean {
    return this.roadPoint.has(this.raster.indexOf(p));
  }

  /**
   * Lays the cheapest road from `from` to the first of: `to`, when given, else any road. Stretches that follow an
   * existing road are not laid again. `via` is passed without a kink. A `spare` road is one that nobody needs: it is left
   * out where it would run beside another. Returns the new stretches, or null when there is no way.
   */
  connect(
    from: Vec,
    to: Vec[] | null,
    style: RoadStyle,
    options: { reuse?: number; rounds?: number; via?: Vec; spare?: boolean } = {},
  ): Line[] | null {
    const reuse = options.reuse ?? 0.42;
    const first = this.search(from, options.via ? [options.via] : to, reuse);
    const second = options.via && first ? this.search(options.via, to, reuse) : [];
    if (!first || !second) return null;
    const cells = [...first, ...second.slice(1)];
    const stretches: Line[] = [];
    let run: number[] = [];
    const flush = (): void => {
      if (run.length > 1) {
        const line = this.draw(run, style, options.rounds ?? 3, run[0] === cells[0] ? from : undefined);
        if (!options.spare || !this.isDoubled(line)) stretches.push(this.lay(line, style));
      }
      run = [];
    };
    for (let i = 1; i < cells.length; i++) {
      const a = cells[i - 1]!;
      const b = cells[i]!;
      if (this.roadSteps.has(this.stepKey(a, b))) {
        flush();
        continue;
      }
      if (run.length === 0) run.push(a);
      run.push(b);
    }
    flush();
    return stretches;
  }

  private lay(line: Line, style: RoadStyle): Line {
    this.network.addLine(line, style, { snapM: 14 });
    this.mark(line);
    return line;
  }

  /** True when most of a line has a road close by. */
  private isDoubled(line: Line): boolean {
    const points = densify(line, 30).slice(1, -1);
    const beside = points.filter(p => this.network.nearestEdge(p, 55)).length;
    return beside > points.length * 0.45;
  }

  private draw(cells: number[], style: RoadStyle, rounds: number, from?: Vec): Line {
    const last = cells.length - 1;
    const wobbleM = this.raster.cellM * 0.28;
    const points = cells.map((cell, i): Vec => {
      const anchor = i === 0 || i === last ? this.roadPoint.get(cell) : undefined;
      if (anchor) return anchor;
      if (i === 0 && from) return from;
      const [x, y] = this.raster.centreOf(cell);
      return [x + this.jitter.range(-wobbleM, wobbleM), y + this.jitter.range(-wobbleM, wobbleM)];
    });
    const rough = simplify(smooth(simplify(points, this.raster.cellM * 0.42), rounds), 1.5);
    return climb(this.bendIn(rough, style), style, this.terrain);
  }

  private stepKey(a: number, b: number): number {
    return Math.min(a, b) * this.cost.length + Math.max(a, b);
  }

  /** Lets a road follow the small shape of the ground, which the raster is too coarse to know: less so a main road. */
  private bendIn(line: Line, style: RoadStyle): Line {
    const { roadClass } = style;
    const amplitudeM =
      roadClass === 'trunk' || roadClass === 'primary' ? 34 : roadClass === 'secondary' ? 46 : 62;
    const lengthM = lineLength(line);
    let walkedM = 0;
    const bent = densify(line, 55).map((p, i, all): Vec => {
      walkedM += i === 0 ? 0 : distance(all[i - 1]!, p);
      const share = Math.min(1, walkedM / 160, (lengthM - walkedM) / 160) * amplitudeM * this.roughness(p);
      if (share <= 0 || this.hinders(p)) return p;
      return [p[0] + this.wander(p[0], p[1]) * share, p[1] + this.wander(p[1] + 5e4, p[0]) * share];
    });
    return simplify(smooth(bent, 1), 1.5);
  }

  /** How much a road winds: little on the plain, the more the steeper the ground is. */
  private roughness([x, y]: Vec): number {
    const { terrain } = this;
    const east = terrain.heightM(x + 150, y) - terrain.heightM(x - 150, y);
    const north = terrain.heightM(x, y + 150) - terrain.heightM(x, y - 150);
    return Math.min(1.5, 0.55 + Math.sqrt(east * east + north * north) / 32);
  }

  /** True beside the reservoir, where a bend could end in the water. */
  private hinders(p: Vec): boolean {
    return distance(p, this.terrain.lakeCentre) < this.lakeReachM + 150;
  }

  private search(from: Vec, to: Vec[] | null, reuse: number): number[] | null {
    const { size, cellM } = this.raster;
    const start = this.raster.indexOf(from);
    const goals = to ? new Set(to.map(p => this.raster.indexOf(p))) : null;
    const round = ++this.round;
    this.heap.clear();
    this.cost[start] = 0;
    this.stamp[start] = round;
    this.came[start] = -1;
    this.heap.push(start, 0);
    const target = to?.length === 1 ? to[0]! : null;
    const guess = (cell: number): number => {
      if (!target) return 0;
      const [x, y] = this.raster.centreOf(cell);
      return Math.hypot(x - target[0], y - target[1]) * reuse * 0.98;
    };
    while (this.heap.size > 0) {
      const cell = this.heap.pop();
      if (this.closed[cell] === round) continue;
      this.closed[cell] = round;
      if (goals ? goals.has(cell) : cell !== start && this.roadPoint.has(cell)) return this.trail(cell);
      const soFar = this.cost[cell]!;
      const row = Math.floor(cell / size);
      const column = cell - row * size;
      for (let dy = -1; dy <= 1; dy++) {
        for (let dx = -1; dx <= 1; dx++) {
          if (dx === 0 && dy === 0) continue;
          if (column + dx < 0 || column + dx >= size || row + dy < 0 || row + dy >= size) continue;
          const next = cell + dy * size + dx;
          const lengthM = cellM * (dx !== 0 && dy !== 0 ? Math.SQRT2 : 1);
          const grade = Math.abs(this.height[next]! - this.height[cell]!) / lengthM;
          const onRoad = this.roadSteps.has(this.stepKey(cell, next));
          const factor = onRoad
            ? reuse
            : (this.ground[cell]! + this.ground[next]!) * 0.5 * (1 + (grade / 0.055) ** 2);
          const total = soFar + lengthM * factor;
          if (!Number.isFinite(total) || (this.stamp[next] === round && this.cost[next]! <= total)) continue;
          this.stamp[next] = round;
          this.cost[next] = total;
          this.came[next] = cell;
          this.heap.push(next, total + guess(next));
        }
      }
    }
    return null;
  }

  private trail(end: number): number[] {
    const cells: number[] = [];
    for (let cell = end; cell >= 0; cell = this.came[cell]!) cells.push(cell);
    return cells.reverse();
  }
}
