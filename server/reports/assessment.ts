/** The stations' places in the year-end assessment: points by the weights of the contract. Pure. */
import {
  type Assessed,
  assessedNames,
  type Assessment,
  type BulletinRow,
  weights,
} from '#contract/bulletin.ts';

/** Points and places of the stations from their year to date; best first, equal points share a place. */
export function assess(rows: readonly BulletinRow[]): Assessment[] {
  const assessed = rows.flatMap(({ stationId, name, figures }) =>
    stationId === null ? [] : [{ stationId, name: name ?? stationId, ...pointsOf(sharesOf(figures)) }],
  );
  const sorted = assessed.toSorted(
    (a, b) => (b.points ?? -1) - (a.points ?? -1) || (a.stationId < b.stationId ? -1 : 1),
  );
  return sorted.map(station => ({
    ...station,
    place: station.points === null ? null : sorted.findIndex(({ points }) => points === station.points) + 1,
  }));
}

const share = (hits: number, of: number): number | null => (of === 0 ? null : hits / of);

/** What counts for a station: acknowledged within 3 min, under way within 10 min, fed back within 1 h. */
function sharesOf(figures: BulletinRow['figures']): Record<Assessed, number | null> {
  const { acknowledge, underWay, feedback } = figures;
  const sum = (buckets: readonly number[]) => buckets.reduce((total, count) => total + count, 0);
  const transferred = share(figures.transferred, figures.warned);
  return {
    meeting: share(figures.metInTime, figures.due),
    acknowledge: share(sum(acknowledge.slice(0, 3)), sum(acknowledge)),
    underWay: share(sum(underWay.slice(0, 2)), sum(underWay)),
    feedback: share(sum(feedback.slice(0, 2)), sum(feedback)),
    transferred: transferred === null ? null : 1 - transferred,
    revisits: share(figures.revisitsDone, figures.revisitsDue),
    checks: share(figures.checksGood, figures.checksDone),
  };
}

function pointsOf(shares: Record<Assessed, number | null>): Pick<Assessment, 'shares' | 'points'> {
  let won = 0;
  let possible = 0;
  for (const name of assessedNames) {
    const part = shares[name];
    if (part === null) continue;
    won += weights[name] * part;
    possible += weights[name];
  }
  const rounded = Object.fromEntries(
    assessedNames.map(name => [
      name,
      shares[name] === null ? null : Math.round(shares[name] * 10_000) / 10_000,
    ]),
  ) as Assessment['shares'];
  return { shares: rounded, points: possible === 0 ? null : Math.round((won / possible) * 10_000) / 100 };
}
