import type { Name } from './names.ts';
import type { Network } from './network.ts';
import { distance, heading, mix, projectFraction, type Vec } from './plane.ts';
import type { Township, Village } from './settlements.ts';

/** A named street beside a point. */
export interface Street {
  name: Name;
  /** Direction of the street there, radians. */
  angle: number;
  /** The point of the street nearest to the one asked about. */
  at: Vec;
}

/** The nearest named ground road within `reachM` that is not a ramp. */
export function nearestStreet(network: Network, p: Vec, reachM: number): Street | undefined {
  let best: Street | undefined;
  let bestM = reachM;
  network.eachEdge(p, p, reachM, ({ a, b, style }) => {
    if (!style.name || style.link || (style.level ?? 0) !== 0) return;
    const from = network.nodes[a] as Vec;
    const to = network.nodes[b] as Vec;
    const at = mix(from, to, projectFraction(p, from, to));
    const off = distance(at, p);
    if (off >= bestM) return;
    bestM = off;
    best = { name: { zh: style.name, en: style.nameEn ?? style.name }, angle: heading(from, to), at };
  });
  return best;
}

/** The text address of a point, as an alert would give it: county, township, street or village, house number. */
export function addressAt(network: Network, p: Vec, township: Township, villages: Village[]): string {
  const head = `云溪县 ${township.name.zh}${township.rank}`;
  const village = villages.find(({ centre, radiusM }) => distance(centre, p) < radiusM * 1.3);
  if (village) return `${head} ${village.name.zh} ${1 + (Math.abs(Math.round(p[0] * 7 + p[1] * 3)) % 160)}号`;
  const street = nearestStreet(network, p, 180);
  if (!street) return head;
  // Numbers rise along the street from the middle of the township, odd on one side and even on the other.
  const offset: Vec = [street.at[0] - township.centre[0], street.at[1] - township.centre[1]];
  const run = Math.abs(offset[0] * Math.cos(street.angle) + offset[1] * Math.sin(street.angle));
  const side =
    (p[1] - street.at[1]) * Math.cos(street.angle) - (p[0] - street.at[0]) * Math.sin(street.angle) > 0
      ? 1
      : 0;
  return `${head} ${street.name.zh} ${2 * Math.floor(run / 16) + 1 + side}号`;
}
