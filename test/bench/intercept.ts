/**
 * How fast posts and rings are found, and how near to the optimum the posts are:
 * `node test/bench/intercept.ts [--json] [--seed S] [--instances N] [--units N]`.
 * Each instance: a made-up town of about 1,000 junctions, 500 ways that she may be driving, 5 units. The optimum is HiGHS'.
 */
import { cpus, loadavg } from 'node:os';
import { contain } from '../../server/locate/contain/index.ts';
import { intercept } from '../../server/locate/intercept/index.ts';
import { chase } from '../locate/chase.ts';
import { bestShare } from '../locate/intercept-optimum.ts';
import { option, printReport, round, seedOption, timesMs } from './report.ts';

const seed = seedOption();
const count = Number(option('instances') ?? 24);
const units = Number(option('units') ?? 5);
const marginS = 60;
const instances = Array.from({ length: count }, (_, i) =>
  chase(seed + i, { units, starts: [1, 3, 10][i % 3]! }),
);
const rings = instances.map(({ router, ways, units: standing }, i) => ({
  router,
  ways,
  units: standing,
  edges: [(i * 131) % router.graph.edgeCount],
}));

const optima: number[] = [];
const solveMs = timesMs(count, call => optima.push(bestShare(instances[call]!, marginS)), 0);
const shares = instances.map(
  (instance, i) => intercept({ ...instance, marginS, leastShare: 0 }).share / optima[i]!,
);
const percent = (share: number): number => round(share * 100);

printReport(
  {
    bench: 'intercept',
    seed,
    figures: {
      interceptMs: timesMs(count * 3, call =>
        intercept({ ...instances[call % count]!, marginS, leastShare: 0 }),
      ),
      leastShareOfOptimumPct: percent(Math.min(...shares)),
      meanShareOfOptimumPct: percent(shares.reduce((a, b) => a + b, 0) / count),
      containMs: timesMs(count * 3, call => contain(rings[call % count]!)),
    },
    bounds: { interceptMs: { p95: 200 }, leastShareOfOptimumPct: 99 },
    peers: { highs: { solveMs } },
  },
  [
    `${count} instances, ${units} units`,
    `Node ${process.version}, ${process.arch}, ${cpus().length} cores, load ${loadavg()[0]!.toFixed(1)}`,
  ],
);
