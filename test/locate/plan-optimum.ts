/** What no plan can exceed, by mixed-integer programming over a network of looks and moments. */
import loadHighs from 'highs';
import { detectionOf } from '../../server/domain/detection.ts';
import { methodsOf, presentAt, type World } from './plan-oracle.ts';

const highs = await loadHighs();

/** Every leg is rounded down to whole ticks, so each plan's looks are here no later than in truth. */
const tickS = 30;
const ticks = 80;
/** So near to its best plan the program may stop. */
const proofGap = 0.01;

interface Look {
  target: number;
  serviceS: number;
  pod: number;
}
interface Arc {
  name: string;
  from: string | null;
  to: string;
  target: number;
  gain: number;
}

/**
 * The most that is found, S weighing it, when each target is looked at once; at least that, and little more. She must
 * be where she is from the beginning: only then no look gets better by waiting.
 */
export function mostWorth(world: World): number {
  const arcs = arcsOf(world);
  const into = group(arcs, ({ to }) => to);
  const outOf = group(
    arcs.filter(({ from }) => from !== null),
    ({ from }) => from!,
  );
  const sum = (list: readonly Arc[]): string => list.map(({ name }) => name).join(' + ');
  const sources = group(
    arcs.filter(({ from }) => from === null),
    ({ name }) => name.split('_')[1]!,
  );
  const looksAt = group(arcs, ({ target }) => String(target));
  const solution = highs.solve(
    [
      'Maximize',
      ` worth: ${arcs.map(({ name, gain }) => `${gain} ${name}`).join(' + ')}`,
      'Subject To',
      ...[...sources.values()].map(list => ` ${sum(list)} <= 1`),
      ...[...looksAt.values()].map(list => ` ${sum(list)} <= 1`),
      ...[...outOf].map(
        ([node, list]) => ` ${sum(list)} - ${sum(into.get(node)!).replaceAll('+', '-')} <= 0`,
      ),
      'Binary',
      ...arcs.map(({ name }) => ` ${name}`),
      'End',
    ].join('\n'),
    { output_flag: false, mip_rel_gap: proofGap },
  );
  if (solution.Status !== 'Optimal') throw new Error(`HiGHS ended with ${solution.Status}, expected Optimal`);
  const afterwards = world.targets.reduce((mass, target) => mass + presentAt(world.presence, target, 0), 0);
  return solution.ObjectiveValue * (1 + proofGap) + afterwards * world.survival(ticks * tickS);
}

/** All moves from a unit, or from a look at a moment, to a look at a moment, as far as anybody gets. */
function arcsOf({ ground, router, presence, units, targets, survival }: World): Arc[] {
  const snaps = targets.map(target => ground.targetSnap[target]!);
  const between = router.matrix(snaps, snaps);
  const fromUnits = router.matrix(
    units.map(({ at }) => at),
    snaps,
  );
  const looks = targets.flatMap((target, i) =>
    methodsOf(ground, target).map((method): Look => {
      const { durationS, pod } = detectionOf(ground.targets[target]!, method);
      return { target: i, serviceS: durationS, pod };
    }),
  );
  const arcs: Arc[] = [];
  const known = new Set<string>();
  const open: [look: number, tick: number][] = [];
  const add = (from: string | null, name: string, look: number, tick: number): void => {
    if (tick >= ticks) return;
    const { target, serviceS, pod } = looks[look]!;
    const middleS = tick * tickS + serviceS / 2;
    const gain = pod * presentAt(presence, targets[target]!, middleS) * survival(middleS);
    const to = `${look}_${tick}`;
    arcs.push({ name, from, to, target, gain });
    if (known.has(to)) return;
    known.add(to);
    open.push([look, tick]);
  };
  units.forEach(({ freeInS }, unit) => {
    looks.forEach(({ target }, look) => {
      const wayS = fromUnits[unit * targets.length + target]!;
      add(null, `s_${unit}_${look}`, look, Math.floor((freeInS + wayS) / tickS));
    });
  });
  for (let next = open.pop(); next; next = open.pop()) {
    const [look, tick] = next;
    const { target: here, serviceS } = looks[look]!;
    looks.forEach(({ target }, other) => {
      if (target === here) return;
      const legTicks = Math.floor((serviceS + between[here * targets.length + target]!) / tickS);
      add(`${look}_${tick}`, `x_${look}_${tick}_${other}`, other, tick + legTicks);
    });
  }
  return arcs;
}

function group<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}
