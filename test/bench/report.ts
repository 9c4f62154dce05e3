/** What every benchmark prints: a table for people, then one line of JSON for machines. */

export interface Spread {
  p50: number;
  p95: number;
  p99: number;
}
export type Figures = { [name: string]: number | string | Spread | Figures };

export interface BenchReport {
  bench: string;
  seed: number;
  figures: Figures;
  /** What the figure must stay under, or what the machine can do at best, by the figure's name. */
  bounds: Figures;
  /** The same work done by others in the same run. */
  peers: Figures;
}

/** Milliseconds of each call, after a few calls that only warm up. */
export function timesMs(calls: number, work: (call: number) => void, warmUp = Math.ceil(calls / 5)): Spread {
  for (let call = 0; call < warmUp; call++) work(call);
  const times: number[] = [];
  for (let call = 0; call < calls; call++) {
    const start = performance.now();
    work(call);
    times.push(performance.now() - start);
  }
  return spread(times);
}

/** Nearest-rank percentiles. */
export function spread(values: number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const rank = (share: number): number =>
    round(sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN);
  return { p50: rank(0.5), p95: rank(0.95), p99: rank(0.99) };
}

/** To two decimals. */
export const round = (value: number): number => Math.round(value * 100) / 100;

/** Prints the table and, last, the JSON line. `lines` say what the bench ran on; `--json` leaves the line alone. */
export function printReport(report: BenchReport, lines: string[]): void {
  if (!process.argv.includes('--json')) {
    console.log([`bench ${report.bench}, seed ${report.seed}`, ...lines, ''].join('\n'));
    const rows = {
      ...flat(report.figures),
      ...flat(report.bounds, 'bound '),
      ...flat(report.peers, 'peer '),
    };
    const width = Math.max(...Object.keys(rows).map(name => name.length));
    for (const [name, value] of Object.entries(rows)) console.log(`${name.padEnd(width)}  ${cell(value)}`);
    console.log('');
  }
  console.log(JSON.stringify(report));
}

function flat(figures: Figures, prefix = ''): Record<string, number | string | Spread> {
  const rows: Record<string, number | string | Spread> = {};
  for (const [name, value] of Object.entries(figures)) {
    if (typeof value !== 'object' || isSpread(value)) rows[prefix + name] = value;
    else Object.assign(rows, flat(value, `${prefix}${name}.`));
  }
  return rows;
}

function isSpread(value: Spread | Figures): value is Spread {
  return 'p50' in value && 'p95' in value && 'p99' in value;
}

function cell(value: number | string | Spread): string {
  return typeof value === 'object' ? `p50 ${value.p50}   p95 ${value.p95}   p99 ${value.p99}` : String(value);
}

/** The value after `--name`, or undefined. */
export function option(name: string): string | undefined {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? undefined : process.argv[at + 1];
}

/** `--seed S`, 1 without it. */
export function seedOption(): number {
  const seed = Number(option('seed') ?? 1);
  if (!Number.isSafeInteger(seed)) throw new Error(`--seed ${option('seed')} is not a whole number.`);
  return seed;
}
