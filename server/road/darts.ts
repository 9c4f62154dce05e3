/**
 * Edges by direction, before there are arcs. A dart is one direction of an edge: 2e along it, 2e + 1 against it;
 * those against a one-way do not exist.
 */
import { groupBy } from './group.ts';
import type { Numbered } from './stretches.ts';

export const edgeOfDart = (dart: number): number => dart >> 1;

export class Darts {
  /** In ascending order. */
  readonly all: number[] = [];
  private readonly network: Numbered;
  private readonly offset: Uint32Array;
  private readonly order: Uint32Array;

  constructor(network: Numbered) {
    this.network = network;
    network.stretches.forEach(({ way }, edge) => {
      if (way.oneway >= 0) this.all.push(edge * 2);
      if (way.oneway <= 0) this.all.push(edge * 2 + 1);
    });
    ({ offset: this.offset, order: this.order } = groupBy(
      this.all.map(dart => this.tail(dart)),
      network.nodeRefs.length,
    ));
  }

  /** The junction where it begins. */
  tail(dart: number): number {
    const { from, to } = this.network;
    return (dart % 2 === 0 ? from : to)[dart >> 1]!;
  }

  /** The junction where it ends. */
  head(dart: number): number {
    return this.tail(dart ^ 1);
  }

  /** Those that begin at a junction. */
  leaving(junction: number): number[] {
    const order = this.order.subarray(this.offset[junction], this.offset[junction + 1]);
    return Array.from(order, i => this.all[i]!);
  }
}
