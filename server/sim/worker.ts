import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { openRoad } from '#road/file.ts';
import { RoadRouter } from '#road/router.ts';
import { systemClock } from '../clock.ts';
import { createRandom } from '#domain/random.ts';
import { type DeviceMemory, type DeviceRecord, raiseFleet } from './fleet.ts';
import type { FindRoute, SimRegion } from './geography.ts';
import { clearLeftovers, playOrdinaryDay } from './ordinary.ts';
import { Script } from './script.ts';
import type { SimMessage, SimOptions } from './start.ts';
import { playStory, type Stage } from './story.ts';
import { openDesk } from './desk.ts';

const options = workerData as SimOptions;
const say = (line: string) => parentPort?.postMessage({ say: line } satisfies SimMessage);
const now = () => systemClock.now();
const minute = 60_000;
/** The first story begins soon after the start, the next ones when the last should be over. */
const firstStoryMs = 20_000;
const storyEveryMs = 25 * minute;

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

async function main(): Promise<void> {
  const { region, findRoute } = openRegion(options.regionDir);
  const random = createRandom(options.seed);
  const memory = fileMemory(options.deviceFile);
  const desk = await openDesk(options.baseUrl, memory, now());
  const fleet = await raiseFleet(desk.leader, region, memory, random.fork('fleet'), now());
  say(`demo: ${fleet.length} crews are on duty`);
  const script = new Script((what, error) =>
    say(`demo: ${what} failed: ${error instanceof Error ? error.message : String(error)}`),
  );
  const stage: Stage = { region, desk, fleet, script, findRoute, random, now, say };
  await clearLeftovers(stage);
  playOrdinaryDay(stage);
  const nextStory = (number: number, inMs: number): void =>
    script.at(now() + inMs, 'story', () => {
      if (!playStory(stage, number)) say('demo: this region has no home or no lonely road for the story');
      nextStory(number + 1, storyEveryMs);
    });
  nextStory(1, firstStoryMs);

  const beats = region.places.map(place => place.position);
  let scriptBusy = false;
  setInterval(() => {
    const nowMs = now();
    for (const unit of fleet) {
      unit.step(nowMs, beats, findRoute);
      void unit.tick(options.baseUrl, nowMs);
    }
    if (scriptBusy) return;
    scriptBusy = true;
    void script.runDue(nowMs).finally(() => {
      scriptBusy = false;
    });
  }, 1000);
}

await main();
