/** What no placing of the units can exceed, by mixed-integer programming on columns of its own. */
import loadHighs from 'highs';
import type { Chase } from './chase.ts';

const highs = await loadHighs();

/** What each unit would win at each junction, worked out anew from the router: the oracle's columns. */
function columnsOf({ router, ways, units }: Chase, marginS: number): number[][][] {
  const passing = new Map<number, [way: number, atS: number][]>();
  ways.forEach(({ junctions, atS }, way) => {
    for (let i = 0; i < junctions.length; i++)
      passing.set(junctions[i]!, [...(passing.get(junctions[i]!) ?? []), [way, atS[i]!]]);
  });
  return units.map(unit => {
    const { nodeDs } = router.reachFrom(unit.at)!;
    const soonestDs = new Map<number, number>();
    router.graph.nodeJunction.forEach((junction, node) =>
      soonestDs.set(junction, Math.min(soonestDs.get(junction) ?? Infinity, nodeDs[node]!)),
    );
    const columns = new Map<string, number[]>();
    for (const [junction, passes] of passing) {
      const readyS = soonestDs.get(junction)! / 10 + marginS;
      const wins = [...new Set(passes.filter(([, atS]) => atS >= readyS).map(([way]) => way))];
      if (wins.length > 0) columns.set(wins.join(' '), wins);
    }
    return [...columns.values()];
  });
}

/**
 * The largest share by mixed-integer programming, within 0.01 %: a column may be chosen once a unit, a way counts if some
 * column wins it.
 */
export function bestShare(instance: Chase, marginS: number): number {
  const total = instance.ways.reduce((sum, { weight }) => sum + weight, 0);
  const winners = instance.ways.map((): string[] => []);
  const columns = columnsOf(instance, marginS).map((list, unit) =>
    list.map((wins, column) => {
      const name = `x${unit}_${column}`;
      for (const way of wins) winners[way]!.push(name);
      return name;
    }),
  );
  const winnable = [...instance.ways.keys()].filter(way => winners[way]!.length > 0);
  const solution = highs.solve(
    [
      'Maximize',
      ` share: ${winnable.map(way => `${instance.ways[way]!.weight / total} y${way}`).join(' + ')}`,
      'Subject To',
      ...columns.filter(names => names.length > 0).map(names => ` ${names.join(' + ')} <= 1`),
      ...winnable.map(way => ` y${way} - ${winners[way]!.join(' - ')} <= 0`),
      'Bounds',
      ...winnable.map(way => ` y${way} <= 1`),
      'Binary',
      ...columns.flat().map(name => ` ${name}`),
      'End',
    ].join('\n'),
    { output_flag: false, mip_rel_gap: 1e-4 },
  );
  if (solution.Status !== 'Optimal') throw new Error(`HiGHS ended with ${solution.Status}, expected Optimal`);
  return solution.ObjectiveValue;
}
