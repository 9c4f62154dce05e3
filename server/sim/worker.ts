/** The simulator's thread: brings its world up and lets it live by the demo's clock. */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { createRandom } from '#domain/random.ts';
import { openRoad } from '#road/file.ts';
import { RoadRouter } from '#road/router.ts';
import { DemoClock, systemClock } from '../clock.ts';
import { oneAtATime } from '../one-at-a-time.ts';
import { debriefInterrupted } from './debrief.ts';
import { openDesk } from './desk.ts';
import { keepRoster, planShifts } from './duty.ts';
import { type DeviceMemory, raiseFleet } from './fleet.ts';
import { makeHistory } from './history.ts';
import { clearLeftovers } from './ordinary.ts';
import type { FromSim, HistoryProgress, SimOptions, ToSim } from './protocol.ts';
import type { FindRoute, SimRegion } from './region.ts';
import { Script } from './script.ts';
import type { BegunTraining } from './training-log.ts';
import type { DeviceRecord } from './unit.ts';
import { SimWorld } from './world.ts';

/** All in milliseconds of the machine, whatever demo time does. */
const tickMs = 250;
const lookEveryMs = 1000;
const tellEveryMs = 500;
/** A device reports at most this often. */
const reportEveryMs = 500;

const options = workerData as SimOptions;
const clock = DemoClock.attach(options.clock);
const tell = (message: FromSim) => parentPort?.postMessage(message);
const say = (line: string) => tell({ type: 'say', line });
const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

function fileMemory(file: string): DeviceMemory {
  return {
    load: () =>
      existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, DeviceRecord>) : {},
    save: records => {
      writeFileSync(`${file}.new`, JSON.stringify(records), { mode: 0o600 });
      renameSync(`${file}.new`, file);
    },
  };
}

function openRegion(dir: string): { region: SimRegion; findRoute: FindRoute } {
  const region = JSON.parse(readFileSync(join(dir, 'reference.json'), 'utf8')) as SimRegion;
  const bytes = readFileSync(join(dir, 'road.bin'));
  const { graph, hierarchy } = openRoad(
    bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength),
  );
  const router = new RoadRouter(graph, hierarchy);
  return { region, findRoute: (from, to) => router.route(from, to) };
}

async function bringUp(): Promise<SimWorld> {
  const { baseUrl, regionDir, deviceFile, seed } = options;
  const { region, findRoute } = openRegion(regionDir);
  const random = createRandom(seed);
  const memory = fileMemory(deviceFile);
  const desk = await openDesk(baseUrl, memory, clock.now());
  const fleet = await raiseFleet(desk.leader, region, memory, random.fork('fleet'), clock.now());
  say(`demo: ${fleet.length} crews are on duty`);
  const script = new Script((what, error) => say(`demo: ${what} failed: ${messageOf(error)}`));
  const now = () => clock.now();
  const pace = () => clock.rate;
  return new SimWorld(
    { baseUrl, region, findRoute, desk, fleet, script, random, now, pace, say },
    { changed: () => tellState(), trained: result => tell({ type: 'trained', result }) },
  );
}

let history: HistoryProgress | null = null;
const world = await bringUp();

function tellState(): void {
  tell({ type: 'state', life: world.life, current: world.current, history });
}

/** Days of work at once; everyday life rests meanwhile. */
async function liveThrough(toMs: () => number): Promise<void> {
  world.setLife(false);
  let toldAtMs = 0;
  try {
    // Stations send officers by name from the first day on.
    const { desk, fleet, random } = world.stage;
    await planShifts(desk.leader, fleet, random.fork('roster'), clock.now());
    const count = await makeHistory(world, clock, toMs, progress => {
      history = progress;
      if (performance.now() - toldAtMs < tellEveryMs) return;
      toldAtMs = performance.now();
      tellState();
    });
    say(`demo: a history of ${count} incidents was made`);
  } finally {
    history = null;
    tell({ type: 'historyEnded' });
  }
}

/** What cannot be told now is tried again at the next start. */
async function tellOfInterrupted(training: BegunTraining): Promise<void> {
  try {
    tell({ type: 'trained', result: await debriefInterrupted(world.stage, training) });
  } catch (error) {
    say(`demo: ${messageOf(error)}`);
  }
}

async function obey(order: ToSim): Promise<void> {
  switch (order.type) {
    case 'play':
      await world.play(order.scenarioId, order.seed, order.training);
      return;
    case 'life':
      return world.setLife(order.on);
    case 'stop':
      world.setLife(false);
      return world.stop();
    case 'history':
      await liveThrough(() => order.toMs);
      return world.setLife(true);
  }
}

/** One after the other, and never while the steps of the script run: a history owns the clock. */
const turns = oneAtATime();
const inTurn = (work: () => Promise<void>): Promise<void> =>
  turns(work).catch((error: unknown) => say(`demo: ${messageOf(error)}`));

parentPort?.on('message', (order: ToSim) => void inTurn(() => obey(order)));
world.goOnPatrol();
await inTurn(async () => {
  const { historyToMs } = options;
  for (const training of options.interrupted) await tellOfInterrupted(training);
  // It takes a minute or two, which are lived through as well.
  if (historyToMs !== undefined) await liveThrough(() => Math.max(historyToMs, systemClock.now()));
  else await clearLeftovers(world.stage);
  world.setLife(true);
});
// Beside everyday life: some hundred requests, and nobody waits for them.
keepRoster(world.stage).catch((error: unknown) => say(`demo: the roster failed: ${messageOf(error)}`));

let running = false;
let lookedAtMs = 0;
setInterval(() => {
  if (running) return;
  running = true;
  void inTurn(async () => {
    const nowMs = clock.now();
    for (const unit of world.stage.fleet) {
      unit.observe(nowMs, clock.rate * reportEveryMs);
      void unit.send(options.baseUrl);
    }
    if (performance.now() - lookedAtMs > lookEveryMs) {
      lookedAtMs = performance.now();
      world.look();
    }
    await world.stage.script.runDue(nowMs);
  }).finally(() => {
    running = false;
  });
}, tickMs);
