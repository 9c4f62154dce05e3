/**
 * Days of everyday work, made in a minute or two: the clock jumps from step to step, and all that happens goes through the
 * public interface as it does live, so each rule held and each row of log and audit is real.
 */
import type { HistoryProgress } from './protocol.ts';
import { ordinaryAlert } from './ordinary.ts';
import { scenarios } from './scenarios.ts';
import type { Stage } from './stage.ts';
import type { SimWorld } from './world.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
/** Alerts of a day, beside the stories. */
const ordinaryADay = [8, 13] as const;
const storiesADay = [1, 3] as const;
/** The bureau is eight hours ahead of UTC; alerts come while people are awake. */
const zoneMs = 8 * hour;
const awakeMs = [7.5 * hour, 23 * hour] as const;
const dutyMs = 12 * hour;
const observeEveryMs = 5 * minute;
const handInEveryMs = 40 * minute;
const repeatShare = 0.12;

interface HistoryClock {
  now(): number;
  jumpTo(ms: number): void;
}

/** Lives through the time from the clock's now to `toMs()`, which may move while it lasts. Resolves the number of incidents. */
export async function makeHistory(
  world: SimWorld,
  clock: HistoryClock,
  toMs: () => number,
  progress: (progress: HistoryProgress) => void,
): Promise<number> {
  const { stage } = world;
  const { script } = stage;
  const fromMs = clock.now();
  let incidents = 0;
  stage.alone = true;
  const begun = () => {
    incidents++;
    progress({
      fromAt: new Date(fromMs).toISOString(),
      toAt: new Date(toMs()).toISOString(),
      incidents,
    });
  };
  for (let dayMs = startOfDay(fromMs); dayMs < toMs(); dayMs += day) planDay(world, dayMs, clock, begun);
  const handInRest = keepTrack(stage);
  try {
    while (script.nextAtMs < toMs()) {
      clock.jumpTo(Math.ceil(script.nextAtMs));
      await script.runDue(clock.now());
    }
    await handInRest();
  } finally {
    // Last, for its end may move until now.
    clock.jumpTo(toMs());
    stage.alone = false;
  }
  return incidents;
}

const startOfDay = (ms: number): number => Math.floor((ms + zoneMs) / day) * day - zoneMs;

function planDay(world: SimWorld, dayMs: number, clock: HistoryClock, begun: () => void): void {
  const { script, random } = world.stage;
  const own = random.fork(`day ${dayMs / day}`);
  const someTime = () => dayMs + own.range(...awakeMs);
  const later = (atMs: number, what: string, run: () => Promise<void>) => {
    if (atMs > clock.now())
      script.at(atMs, what, async () => {
        begun();
        await run();
      });
  };
  for (let i = Math.round(own.range(...ordinaryADay)); i > 0; i--)
    later(someTime(), 'alert', () => everydayAlert(world.stage, own));
  for (let i = Math.round(own.range(...storiesADay)); i > 0; i--) {
    const scenario = own.pick(scenarios);
    const seed = own.int(10_000);
    later(someTime(), scenario.id, async () => {
      if (!world.current) await world.play(scenario.id, seed, false);
    });
  }
}

/** Some people are warned twice: the second alert joins the open incident. */
async function everydayAlert(stage: Stage, random: ReturnType<Stage['random']['fork']>): Promise<void> {
  const { plan } = await ordinaryAlert(stage, random);
  if (!random.chance(repeatShare)) return;
  const againMs = stage.now() + random.range(4, 15) * minute;
  stage.script.at(againMs, 'repeated alert', async () => {
    const { alert, person } = plan;
    await stage.desk.platform({
      source: '96110',
      receivedAt: new Date(stage.now()).toISOString(),
      risk: alert.risk,
      scamType: alert.scamType,
      subject: { name: person.name, phone: person.phone },
      amount: alert.amount,
    });
  });
}

/** Half of the crews by day, the others by night; whoever is off duty has switched the device off. */
const isOnDuty = (index: number, nowMs: number): boolean =>
  Math.floor((nowMs + zoneMs) / dutyMs) % 2 === index % 2;

/**
 * Positions are taken every few minutes and handed in by the gateway in one go. What it returns hands in the rest, and
 * ends it.
 */
function keepTrack(stage: Stage): () => Promise<void> {
  let over = false;
  let handedMs = stage.now();
  // On its way while life goes on: only the next one waits for it, and hears of its failure.
  let handing: Promise<void> = Promise.resolve();
  const handIn = async (): Promise<void> => {
    const before = handing;
    handedMs = stage.now();
    const positions = waitingPositions(stage);
    handing = before.catch(() => undefined).then(() => stage.desk.gateway(positions));
    handing.catch(() => undefined);
    await before;
  };
  const next = (): void =>
    stage.script.at(stage.now() + observeEveryMs, 'positions', async () => {
      if (over) return;
      next();
      const nowMs = stage.now();
      for (const [index, unit] of stage.fleet.entries())
        if (unit.busy || isOnDuty(index, nowMs)) unit.observe(nowMs, observeEveryMs);
      if (nowMs - handedMs >= handInEveryMs) await handIn();
    });
  next();
  return async () => {
    over = true;
    await handIn();
    await handing;
  };
}

function waitingPositions(stage: Stage): unknown[] {
  return stage.fleet.flatMap(unit => {
    const { device, fixes } = unit.takeUnsent();
    return fixes.map(({ atMs, ...fix }) => ({ device, observedAt: new Date(atMs).toISOString(), ...fix }));
  });
}
