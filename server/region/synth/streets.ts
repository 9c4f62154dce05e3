import type { Network, RoadStyle } from './network.ts';
import { along, distance, type Line, mix, segmentDistance, simplify, type Vec } from './plane.ts';
import type { Random } from '#domain/random.ts';
import { SegmentIndex } from './segment-index.ts';

/** How the streets of one built-up area want to run. */
export interface StreetPlan {
  /** Direction of the main streets at a point, radians; cross streets run at right angles to it. */
  direction: (p: Vec) => number;
  /** Where streets may be laid. */
  contains: (p: Vec) => boolean;
  centre: Vec;
  radiusM: number;
}

/** 0 for lines along the main direction, 1 for the cross streets. */
type Family = 0 | 1;
/** The segments laid so far, by family. */
type Laid = readonly [SegmentIndex<undefined>, SegmentIndex<undefined>];

const stepM = 14;
const turnTo = (from: number, to: number): number => Math.atan2(Math.sin(to - from), Math.cos(to - from));

/**
 * Streets as streamlines of a direction field, evenly spaced: the idea of Chen et al., 'Interactive procedural street
 * modeling' (2008), with the spacing rule of Jobard and Lefer (1997). Wide streets are laid first, narrower ones between.
 */
export class StreetLayer {
  private readonly plan: StreetPlan;
  private readonly network: Network;
  private readonly laid: Laid;

  constructor(plan: StreetPlan, network: Network, laid?: Laid) {
    this.plan = plan;
    this.network = network;
    this.laid = laid ?? [new SegmentIndex<undefined>(90), new SegmentIndex<undefined>(90)];
  }

  /** The same streets seen through a narrower plan: what either lays, both know of. */
  within(plan: StreetPlan): StreetLayer {
    return new StreetLayer(plan, this.network, this.laid);
  }

  /** Lets the spacing know of a road that is already there. */
  register(line: Line): void {
    for (let i = 1; i < line.length; i++) {
      const a = line[i - 1] as Vec;
      const b = line[i] as Vec;
      const off = Math.abs(Math.sin(Math.atan2(b[1] - a[1], b[0] - a[0]) - this.plan.direction(a)));
      this.laid[off < Math.SQRT1_2 ? 0 : 1].add(a, b, undefined);
    }
  }

  /**
   * Traces one street through `seed` both ways, lays it, and returns its nodes' line; null when it would be shorter
   * than `minM`. It ends where the plan ends, or `closeM` from a parallel street, then at the next street ahead.
   */
  trace(
    seed: Vec,
    family: Family,
    style: RoadStyle,
    limits: { closeM: number; minM: number; maxM?: number; reachM: number },
  ): Line | null {
    const half = (limits.maxM ?? Number.POSITIVE_INFINITY) / 2;
    const back = this.walk(seed, family, Math.PI, limits.closeM, half);
    const forth = this.walk(seed, family, 0, limits.closeM, half);
    const line = [...back.reverse(), seed, ...forth];
    if ((line.length - 1) * stepM < limits.minM) return null;
    this.reachOn(line, limits.reachM);
    line.reverse();
    this.reachOn(line, limits.reachM);
    const slim = simplify(line, 1.5);
    this.register(slim);
    return this.network.addLine(slim, style, { snapM: 9 }).map(node => this.network.nodes[node]!);
  }

  /** Fills the plan with evenly spaced streets of both families; they may close in to the fraction `close` of the spacing and reach ahead by `reach` of it to meet another street. */
  fill(
    random: Random,
    spacingM: (p: Vec) => number,
    style: (family: Family) => RoadStyle,
    limits: { minM: number; maxM?: number; close?: number; reach?: number },
  ): Line[] {
    const { centre, radiusM } = this.plan;
    const lines: Line[] = [];
    const meanM = spacingM(centre);
    const tries = Math.ceil(((radiusM * 2.6) / meanM) ** 2 * 4);
    for (let i = 0; i < tries; i++) {
      const seed: Vec = [
        centre[0] + random.range(-1.3, 1.3) * radiusM,
        centre[1] + random.range(-1.3, 1.3) * radiusM,
      ];
      const family: Family = random.chance(0.5) ? 0 : 1;
      if (!this.plan.contains(seed)) continue;
      const gapM = spacingM(seed);
      if (this.crowded(seed, family, gapM * 0.88)) continue;
      const line = this.trace(seed, family, style(family), {
        closeM: gapM * (limits.close ?? 0.45),
        minM: limits.minM,
        reachM: gapM * (limits.reach ?? 0.8),
        ...(limits.maxM ? { maxM: limits.maxM } : {}),
      });
      if (line) lines.push(line);
    }
    return lines;
  }

  private crowded(p: Vec, family: Family, gapM: number): boolean {
    return this.laid[family].some(p, gapM, (a, b) => segmentDistance(p, a, b) < gapM);
  }

  private walk(seed: Vec, family: Family, turn: number, closeM: number, maxM: number): Line {
    const line: Line = [];
    const wantedAt = (p: Vec): number => this.plan.direction(p) + (family * Math.PI) / 2;
    let angle = wantedAt(seed) + turn;
    let here = seed;
    for (let walked = 0; walked < maxM; walked += stepM) {
      const middle = along(here, angle, stepM / 2);
      const wanted = wantedAt(middle);
      const bend = turnTo(angle, wanted);
      angle += Math.abs(bend) > Math.PI / 2 ? turnTo(angle, wanted + Math.PI) : bend;
      const next = along(here, angle, stepM);
      if (!this.plan.contains(next) || this.crowded(next, family, closeM)) break;
      if (line.length > 40 && distance(next, seed) < closeM) break;
      line.push(next);
      here = next;
    }
    return line;
  }

  /** Prolongs the end of a line to the street ahead, when there is one within reach. */
  private reachOn(line: Line, reachM: number): void {
    const end = line.at(-1) as Vec;
    const before = line.at(-2);
    if (!before) return;
    const hit = this.network.castRay(end, Math.atan2(end[1] - before[1], end[0] - before[0]), reachM);
    // Not over a river or a railway, where the plan ends in between.
    if (hit && (hit.distanceM < 45 || this.plan.contains(mix(end, hit.point, 0.5)))) line.push(hit.point);
  }
}
