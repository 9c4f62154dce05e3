/** Where subjects may be, and who should look where: kept up to date beside the server, in a thread of its own. */
import { likelyFoundMs } from './record.ts';
import { CodedError } from '#contract/errors.ts';
import type { StoredBelief } from '../../db/queries/belief.ts';
import type { ServiceDeps } from '../deps.ts';
import type { Metrics } from '../http/metrics.ts';
import type { Live } from '../live/live.ts';
import type { Roads } from '../live/roads.ts';
import { storeBelief } from '../services/belief/store.ts';
import type { Street } from '../services/task/order.ts';
import { Beliefs } from './beliefs.ts';
import { gather } from './gather.ts';
import type { BeliefAnswer, BeliefQuestion } from './protocol.ts';
import type { TableSource } from './tables.ts';
import { LocatorThread } from './thread.ts';
import { Timings } from './timings.ts';

interface LocatingDeps extends ServiceDeps {
  live: Live;
  roads: Roads;
  tables: TableSource;
  /** The region's road file in shared memory. */
  road: SharedArrayBuffer;
  metrics: Pick<Metrics, 'gauge'>;
}

export interface Locating {
  /**
   * What is believed now, with every fact that is committed; undefined when the incident is not open. Throws
   * locatorUnavailable.
   */
  now(incidentId: string): Promise<StoredBelief | undefined>;
  /** When it is as likely as not that she is found, by the newest plan, ms; undefined: it does not look so far, or there is none. */
  likelyFoundMs(incidentId: string): number | undefined;
  /** The street of this id, if it is one's. Throws locatorUnavailable. */
  street(id: string | undefined): Promise<Street | undefined>;
  /** While held nothing is worked out unasked. */
  hold(held: boolean): void;
  /** The thread that does the work; it may end, another one takes its place. */
  readonly thread: LocatorThread;
  close(): Promise<void>;
}

const lookEveryMs = 1000;

/** Begins to work out beliefs for all open incidents. Throws what reading the region's tables throws. */
export async function startLocating(deps: LocatingDeps): Promise<Locating> {
  const { live, log } = deps;
  const thread = new LocatorThread({ road: deps.road, log });
  const timings = new Timings();
  timings.observe(deps.metrics);
  let regionId: string | undefined;
  const takeUp = async (): Promise<void> => {
    const id = deps.tables.id();
    if (id === undefined || id === regionId) return;
    const tables = await deps.tables.read();
    regionId = id;
    thread.setGround(tables);
  };
  await takeUp();

  const beliefs = new Beliefs({
    clock: deps.clock,
    log,
    world: () => live.world(),
    caughtUp: () => live.caughtUp(),
    isWatched: incidentId => live.stream.isWatched(incidentId),
    gather: (incidentId, nowMs, sinceSeq) => gather(deps, incidentId, nowMs, sinceSeq),
    ask: question => askOf(thread, log, question),
    forget: incidentId => thread.forget(incidentId),
    store: made => storeBelief(deps, made),
    timings,
  });
  const leave = live.bus.subscribe('facts', ({ facts }) => beliefs.heard(facts));
  const timer = setInterval(() => {
    takeUp().catch((error: unknown) => log.error({ error }, 'the tables of the region cannot be read'));
    thread.setRoad(deps.roads.learned());
    beliefs.tick();
  }, lookEveryMs).unref();
  return {
    now: incidentId => beliefs.now(incidentId),
    likelyFoundMs: incidentId => {
      const made = beliefs.newest(incidentId);
      return made && likelyFoundMs(made.plan, made.atMs);
    },
    street: id => streetOf(thread, id),
    hold: held => beliefs.hold(held),
    thread,
    async close() {
      leave();
      clearInterval(timer);
      await beliefs.close();
      await thread.close();
    },
  };
}

async function askOf(
  thread: LocatorThread,
  log: ServiceDeps['log'],
  question: BeliefQuestion,
): Promise<BeliefAnswer> {
  const answer = await thread.ask(question);
  const { incidentId } = question;
  for (const trouble of answer.troubles) log.error({ incidentId, trouble }, 'a part of the plan is missing');
  return answer;
}

/** `r<way>.<n>`, as the ground names them; a relation of the map's, `r<number>`, is a place. */
const streetId = /^r-?\d+\.\d+$/;

async function streetOf(thread: LocatorThread, id: string | undefined): Promise<Street | undefined> {
  if (id === undefined || !streetId.test(id)) return undefined;
  const target = await thread.target(id).catch(() => {
    throw new CodedError(
      'locatorUnavailable',
      'the streets of the region cannot be looked up now; try again',
    );
  });
  if (!target?.path || target.kind !== 'street') return undefined;
  return { id, name: target.name, line: target.path, lengthM: target.lengthM };
}
