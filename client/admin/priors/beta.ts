/** Credible intervals of a share: quantiles of the beta distribution. Pure. */

/** Lanczos approximation of ln Γ(x) for x > 0 (g = 7, nine terms), to some 1e-13. */
const lanczos = [
  0.999_999_999_999_809_9, 676.520_368_121_885_1, -1259.139_216_722_402_8, 771.323_428_777_653_1,
  -176.615_029_162_140_6, 12.507_343_278_686_905, -0.138_571_095_265_720_12, 9.984_369_578_019_572e-6,
  1.505_632_735_149_311_6e-7,
];

function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const base = x + 6.5;
  const sum = lanczos.slice(1).reduce((all, term, index) => all + term / (x + index), lanczos[0]!);
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(base) - base + Math.log(sum);
}

const mostTerms = 300;
const precision = 1e-12;
const tiny = 1e-300;

/** Continued fraction of the incomplete beta function by Lentz's method; converges fast for x < (a + 1) ÷ (a + b + 2). */
function fraction(x: number, a: number, b: number): number {
  const safe = (value: number) => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / safe(1 - ((a + b) * x) / (a + 1));
  let result = d;
  for (let m = 1; m < mostTerms; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / safe(1 + even * d);
    c = safe(1 + even / c);
    result *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / safe(1 + odd * d);
    c = safe(1 + odd / c);
    result *= d * c;
    if (Math.abs(d * c - 1) < precision) break;
  }
  return result;
}

/** Probability that a beta-distributed share with parameters a, b > 0 is at most x. */
export function betaCdf(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  return x < (a + 1) / (a + b + 2)
    ? (front * fraction(x, a, b)) / a
    : 1 - (front * fraction(1 - x, b, a)) / b;
}

/** The share below which lies the probability `p`: by halving, to 1e-9. */
export function betaQuantile(p: number, a: number, b: number): number {
  let [low, high] = [0, 1];
  while (high - low > 1e-9) {
    const middle = (low + high) / 2;
    if (betaCdf(middle, a, b) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** The middle 90 % of what a share may be when it was worth `own` of `all` incidents: Beta(own, all − own). */
export function credibleInterval(own: number, all: number): { low: number; high: number } {
  if (own <= 0) return { low: 0, high: 0 };
  if (own >= all) return { low: 1, high: 1 };
  return { low: betaQuantile(0.05, own, all - own), high: betaQuantile(0.95, own, all - own) };
}
