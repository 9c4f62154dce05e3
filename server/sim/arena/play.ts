/** Plays an episode with a policy: facts come in, units drive, search and pass by, until she is found or time is up. Pure. */
import type { Snap } from '#road/access.ts';
import { type Episode, firstReport } from './episode.ts';
import { foundAt, isNoticed, ParkedCar } from './finding.ts';
import type { ArenaPolicy, Occasion } from './policy.ts';
import type { ArenaRegion, ArenaTarget } from './region.ts';
import { UnitRun } from './unit-run.ts';

export interface Outcome {
  /** Seconds after the alert; the horizon where she was not found. */
  foundS: number;
  found: boolean;
  km: number;
}

const tickS = 60;

/** @param watch is called once at each of `momentsS` that the game lasts, after what happened until then */
export function play(
  region: ArenaRegion,
  episode: Episode,
  policy: ArenaPolicy,
  momentsS: readonly number[] = [],
  watch: (momentS: number) => void = () => {},
): Outcome {
  return new Game(region, episode, policy, momentsS, watch).run();
}

class Game {
  private readonly region: ArenaRegion;
  private readonly episode: Episode;
  private readonly policy: ArenaPolicy;
  private readonly units: UnitRun[];
  private readonly snaps = new Map<string, Snap | null>();
  private readonly attempts = new Map<string, number>();
  private readonly sightings: Episode['sightings'];
  private readonly moments: number[];
  private readonly watch: (momentS: number) => void;
  /** When the searches that will find her do so, by unit. */
  private readonly hits = new Map<UnitRun, number>();
  private nowS = 0;
  private decidedS = 0;
  private facts = 0;

  constructor(
    region: ArenaRegion,
    episode: Episode,
    policy: ArenaPolicy,
    momentsS: readonly number[],
    watch: (momentS: number) => void,
  ) {
    this.region = region;
    this.episode = episode;
    this.policy = policy;
    this.moments = [...momentsS];
    this.watch = watch;
    this.sightings = [...firstReport(episode), ...episode.sightings];
    const car = new ParkedCar(region.graph, episode.truth);
    this.units = episode.units.flatMap(({ id, at }) => {
      const snap = region.driving.snap(at);
      return snap ? [new UnitRun(id, snap, region.driving, car)] : [];
    });
  }

  run(): Outcome {
    while (this.nextSightingS() <= 0) this.policy.fact(this.sightings.shift()!, 0);
    this.decide('start');
    for (;;) {
      const next = this.next();
      if (next.atS >= this.episode.horizonS) return this.outcome(this.episode.horizonS, false);
      this.nowS = Math.max(this.nowS, next.atS);
      if (next.happens()) return this.outcome(this.nowS, true);
    }
  }

  /** What comes next; `happens` says whether she is found by it. */
  private next(): { atS: number; happens: () => boolean } {
    let best = { atS: this.nextSightingS(), happens: () => this.learn() };
    const consider = (atS: number, happens: () => boolean): void => {
      if (atS < best.atS) best = { atS, happens };
    };
    let idle = false;
    for (const unit of this.units) {
      idle ||= unit.isIdle;
      const hitS = this.hits.get(unit);
      if (hitS !== undefined) consider(hitS, () => true);
      consider(unit.nextContactS, () => this.passBy(unit));
      consider(unit.dueS, () => (unit.isSearching ? this.finish(unit) : this.arrive(unit)));
    }
    if (idle) consider(this.decidedS + tickS, () => this.decide('tick'));
    consider(this.moments[0] ?? Infinity, () => this.observe());
    return best;
  }

  private nextSightingS = (): number => this.sightings[0]?.receivedS ?? Infinity;

  private observe(): boolean {
    this.watch(this.moments.shift()!);
    return false;
  }

  private learn(): boolean {
    this.policy.fact(this.sightings.shift()!, this.nowS);
    return this.decide('fact');
  }

  private passBy(unit: UnitRun): boolean {
    const nth = unit.meetContact();
    return nth !== null && isNoticed(this.episode, unit.id, nth);
  }

  private arrive(unit: UnitRun): boolean {
    unit.arrive(this.nowS);
    const { target, method } = unit.order!;
    const attempt = (this.attempts.get(target.id) ?? 0) + 1;
    this.attempts.set(target.id, attempt);
    const hitS = foundAt(this.episode, target, method, this.nowS, attempt);
    if (hitS !== null) this.hits.set(unit, hitS);
    return false;
  }

  private finish(unit: UnitRun): boolean {
    const { target, method } = unit.finish();
    const known = { id: this.nameFact('search'), atS: this.nowS, receivedS: this.nowS };
    this.policy.fact({ ...known, kind: 'search', targetId: target.id, method }, this.nowS);
    return this.decide('freed');
  }

  private decide(why: Occasion): false {
    const { nowS, policy } = this;
    const edges = this.units.flatMap(unit => unit.takeDriven(nowS));
    if (edges.length > 0)
      policy.fact({ id: this.nameFact('pass'), atS: nowS, receivedS: nowS, kind: 'pass', edges }, nowS);
    const views = this.units.map(unit => unit.view(nowS));
    for (const { unitId, target, method } of policy.decide(nowS, views, why)) {
      const unit = this.units.find(({ id }) => id === unitId);
      const snap = this.snapOf(target);
      if (unit && snap && !unit.isSearching) unit.send({ target, method, snap }, nowS);
    }
    this.decidedS = nowS;
    return false;
  }

  private nameFact = (kind: string): string => `${this.episode.id}-${kind}-${++this.facts}`;

  private snapOf(target: ArenaTarget): Snap | null {
    let snap = this.snaps.get(target.id);
    if (snap === undefined) {
      snap = this.region.driving.snap(target.position);
      this.snaps.set(target.id, snap);
    }
    return snap;
  }

  private outcome(foundS: number, found: boolean): Outcome {
    for (const unit of this.units) unit.takeDriven(foundS);
    const drivenM = this.units.reduce((sum, unit) => sum + unit.drivenM, 0);
    return { foundS, found, km: Math.round(drivenM / 10) / 100 };
  }
}
