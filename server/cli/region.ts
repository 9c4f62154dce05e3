/** `npm run region -- …`: makes the region that the server will serve. */
import { parseArgs } from 'node:util';
import { coordinateSystems } from '#contract/common.ts';
import { type LayerName, layerNames } from '#contract/layer-columns.ts';
import { nowIso, systemClock } from '../clock.ts';
import { readConfig } from '../config.ts';
import { RegionError } from '../region/error.ts';
import { type MakeStep, makeRegion, type RegionOrder } from '../region/make.ts';
import type { RegionManifest } from '../region/manifest.ts';
import type { Bbox } from '../region/source.ts';
import { type LayerTask, runLayer, runRestore, runTemplate, runVersions } from './layers.ts';

const USAGE = `Makes the region: roads, places, basemap.

  npm run region -- import FILE.osm.pbf [--name NAME] [--bbox W,S,E,N] [--data-dir DIR]
      from an OpenStreetMap extract; --bbox takes only that part of it (degrees)
  npm run region -- synth [--seed N] [--population N] [--data-dir DIR]
      a fictional county for trying out (default seed 1, population 250000)
  npm run region -- synth [--seed N] [--population N] --osm FILE.osm.pbf
      writes that county as an OpenStreetMap extract instead; nothing is installed

  npm run region -- layer LAYER FILE.csv|FILE.geojson|FILE.xlsx [--sheet NAME] [--crs CRS] [--data-dir DIR]
      the bureau's own tables into the region there is; LAYER is one of ${layerNames.join(', ')}
      CRS is one of ${coordinateSystems.join(', ')} (default wgs84); places are added, other layers replaced
  npm run region -- layer LAYER --template FILE.csv|FILE.xlsx
      writes an empty table with the titles of that layer

  npm run region -- versions [--data-dir DIR]
  npm run region -- undo [--data-dir DIR]
  npm run region -- use VERSION [--data-dir DIR]
      every change is a version; undo goes back to the one before, use to any that is listed

The data folder is DATA_DIR, or ./data. A region that is in use stays until the new one is complete.`;

const STEPS: Record<MakeStep, string> = {
  read: 'reading the extract',
  generate: 'generating the county',
  roads: 'finding the roads',
  areas: 'assembling areas',
  places: 'finding places',
  roadGraph: 'building the road graph',
  hierarchy: 'preparing fast routing',
  reference: 'cutting road segments',
  basemap: 'drawing the basemap',
};
/** Long steps say how far they are, but not more often than this. */
const SAY_EVERY_S = 2;

/** The command was used wrongly; the usage helps. */
class UsageError extends Error {}

type Task = { dataDir: string } & (
  | { order: RegionOrder }
  | { load: LayerTask }
  | { template: LayerName; file: string }
  | { versions: true }
  | { restore: string | undefined }
  | { osm: string; seed: number; population: number }
);

function readArguments(): Task | null {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      name: { type: 'string' },
      bbox: { type: 'string' },
      crs: { type: 'string', default: 'wgs84' },
      seed: { type: 'string', default: '1' },
      population: { type: 'string', default: '250000' },
      osm: { type: 'string' },
      sheet: { type: 'string' },
      template: { type: 'string' },
      'data-dir': { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  const [command, file, ...rest] = positionals;
  if (values.help || command === undefined) return null;
  const dataDir = values['data-dir'] ?? readConfig().dataDir;
  if (command === 'import' && file !== undefined && rest.length === 0) {
    const bbox = values.bbox === undefined ? undefined : readBbox(values.bbox);
    return {
      dataDir,
      order: { from: 'osm', file, ...(values.name && { name: values.name }), ...(bbox && { bbox }) },
    };
  }
  if (command === 'synth' && file === undefined) {
    const population = readWhole('--population', values.population, 1);
    const seed = readWhole('--seed', values.seed, 0);
    if (values.osm !== undefined) return { dataDir, osm: values.osm, seed, population };
    return { dataDir, order: { from: 'synth', seed, population } };
  }
  if (command === 'layer') {
    const layer = oneOf('layer', file, layerNames);
    if (values.template !== undefined) return { dataDir, template: layer, file: values.template };
    if (rest.length !== 1) throw new UsageError('layer: expected one FILE.csv, FILE.geojson or FILE.xlsx');
    const crs = oneOf('--crs', values.crs, coordinateSystems);
    return { dataDir, load: { layer, file: rest[0]!, crs, sheet: values.sheet } };
  }
  if (command === 'versions' && file === undefined) return { dataDir, versions: true };
  if (command === 'undo' && file === undefined) return { dataDir, restore: undefined };
  if (command === 'use' && file !== undefined && rest.length === 0) return { dataDir, restore: file };
  throw new UsageError(
    command === 'import' ? 'import: expected one FILE.osm.pbf' : `unknown: ${positionals.join(' ')}`,
  );
}

function oneOf<T extends string>(option: string, text: string | undefined, words: readonly T[]): T {
  const found = words.find(word => word === text);
  if (!found) throw new UsageError(`${option} ${text ?? ''}: expected one of ${words.join(', ')}`);
  return found;
}

function readWhole(option: string, text: string, least: number): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < least)
    throw new UsageError(`${option} ${text}: expected a whole number from ${least}`);
  return value;
}

function readBbox(text: string): Bbox {
  const sides = text.split(',').map(Number);
  const [west = Number.NaN, south = Number.NaN, east = Number.NaN, north = Number.NaN] = sides;
  const valid =
    sides.length === 4 &&
    west >= -180 &&
    east <= 180 &&
    south >= -85 &&
    north <= 85 &&
    west < east &&
    south < north;
  if (!valid)
    throw new UsageError(
      `--bbox ${text}: expected west,south,east,north in degrees, e.g. 103.1,24.6,103.5,25.0`,
    );
  return [west, south, east, north];
}

/** Prints each step when it is over, with how long it took, and the share of a long one in between. */
function progressPrinter(): { onProgress: (step: MakeStep, share: number) => void; finish: () => void } {
  let current: MakeStep | null = null;
  let startedAt = performance.now();
  let saidAt = startedAt;
  const finish = () => {
    if (current) console.log(`  ${STEPS[current].padEnd(26)} ${seconds(startedAt)}`);
  };
  const onProgress = (step: MakeStep, share: number) => {
    if (step !== current) {
      finish();
      current = step;
      startedAt = saidAt = performance.now();
    } else if (performance.now() - saidAt > SAY_EVERY_S * 1000) {
      saidAt = performance.now();
      console.log(`  ${STEPS[step]} … ${Math.round(share * 100)} %`);
    }
  };
  return { onProgress, finish };
}

function seconds(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1).padStart(6)} s`;
}

function printSummary({ name, fictional, counts }: RegionManifest, dir: string): void {
  const many = (count: number, one: string) =>
    `${count.toLocaleString('en')} ${one}${count === 1 ? '' : 's'}`;
  console.log(`${name}${fictional ? ' (fictional)' : ''} is installed in ${dir}`);
  console.log(
    `  ${many(counts.roadEdges, 'road')} (${many(counts.roadEdgesDropped, 'unconnected one')} left out), ${many(counts.places, 'place')}, ` +
      `${many(counts.segments, 'search segment')}, ${many(counts.stations, 'police station')}, ` +
      `${many(counts.cellSites, 'cell site')}, ${many(counts.cameras, 'camera')}, ${many(counts.units, 'unit')}, ${many(counts.tiles, 'tile')}`,
  );
  console.log(
    `  ${many(counts.turnRestrictions, 'turn restriction')} (${counts.turnRestrictionsLeftOut.toLocaleString('en')} could not be taken), ` +
      `${many(counts.barriers, 'barrier')}, ${many(counts.ferries, 'ferry way')}`,
  );
  if (counts.timedRulesIgnored > 0)
    console.log(
      `  ${many(counts.timedRulesIgnored, 'rule')} for some hours or days only: ignored by routing.`,
    );
  if (counts.stations === 0)
    console.log('  No police station is in the data: load stations, or nobody can be sent.');
  console.log('A server that is running keeps its region until it is started again.');
}

/** The synthetic county as a file for other tools, and for trying out `import`. */
async function writeExtract({ osm, seed, population }: { osm: string; seed: number; population: number }) {
  const startedAt = performance.now();
  const { synthRegion } = await import('../region/synth/index.ts');
  const { writeOsmPbf } = await import('../region/osm-writer/index.ts');
  const county = synthRegion({ seed, population });
  await writeOsmPbf(county, osm);
  console.log(`${county.name} (fictional) is written to ${osm} in ${seconds(startedAt).trim()}`);
}

async function main(): Promise<void> {
  const task = readArguments();
  if (!task) {
    console.log(USAGE);
    return;
  }
  if ('osm' in task) return await writeExtract(task);
  const createdAt = nowIso(systemClock);
  if ('load' in task) return runLayer(task.load, task.dataDir, createdAt);
  if ('template' in task) return runTemplate(task.template, task.file);
  if ('versions' in task) return runVersions(task.dataDir);
  if ('restore' in task) return runRestore(task.dataDir, task.restore, createdAt);
  const startedAt = performance.now();
  const { onProgress, finish } = progressPrinter();
  const { dir, manifest } = await makeRegion(task.order, task.dataDir, { createdAt, onProgress });
  finish();
  console.log(`  ${'in all'.padEnd(26)} ${seconds(startedAt)}`);
  printSummary(manifest, dir);
}

function isUsageError(cause: unknown): cause is Error {
  const code = (cause as { code?: string } | null)?.code ?? '';
  return cause instanceof UsageError || code.startsWith('ERR_PARSE_ARGS');
}

/** Exit codes: 1 the input or the disk, 2 the command line. */
try {
  await main();
} catch (cause) {
  if (isUsageError(cause)) {
    console.error(`${cause.message}\n\n${USAGE}`);
    process.exitCode = 2;
  } else if (cause instanceof RegionError || (cause as { code?: string }).code?.startsWith('E')) {
    console.error(`region: ${(cause as Error).message}\nNothing was changed.`);
    process.exitCode = 1;
  } else throw cause;
}
