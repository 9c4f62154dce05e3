/**
 * What a first start would otherwise wait for, made once after `npm install`: the built client, the template of the
 * embedded database and the demo's county. Each step is skipped while its inputs are unchanged.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(fileURLToPath(new URL('../..', import.meta.url)));
const cache = join(root, '.cache');

interface Step {
  name: string;
  /** Files and folders whose content decides whether the step must run again. */
  inputs: string[];
  /** What must exist for the step to count as done. */
  output: string;
  run(): Promise<void>;
}

const steps: Step[] = [
  {
    name: 'client',
    inputs: [
      'client',
      'server/contract',
      'server/domain',
      'server/road',
      'vite.config.ts',
      'package-lock.json',
    ],
    output: 'dist/index.html',
    run: async () => {
      const { build } = await import('vite');
      await build({ root: join(root, 'client'), configFile: join(root, 'vite.config.ts'), logLevel: 'warn' });
    },
  },
  {
    name: 'database template',
    inputs: ['db/migrations', 'db/embedded', 'package-lock.json'],
    output: '.cache/database-template',
    run: async () => {
      const { prepareDatabaseTemplate } = await import('../../db/embedded/template.ts');
      await prepareDatabaseTemplate();
    },
  },
  {
    name: 'demo county',
    inputs: ['server/region', 'server/road', 'server/domain/random.ts', 'server/setup/demo-region.ts'],
    output: '.cache/demo-region/region.json',
    run: async () => {
      const { prepareDemoRegion } = await import('../setup/demo-region.ts');
      await prepareDemoRegion(join(cache, 'demo-region'));
    },
  },
];

function filesBelow(path: string): string[] {
  const full = join(root, path);
  if (!existsSync(full)) return [];
  const entries = readdirSync(full, { recursive: true, withFileTypes: true });
  return entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name));
}

function fingerprint(inputs: string[]): string {
  const hash = createHash('sha256');
  for (const input of inputs) {
    const files = /\.\w+$/.test(input) ? [join(root, input)] : filesBelow(input).sort();
    for (const file of files) hash.update(relative(root, file)).update('\0').update(readFileSync(file));
  }
  return hash.digest('hex');
}

mkdirSync(cache, { recursive: true });
const doneFile = join(cache, 'prepared.json');
const done: Record<string, string> = existsSync(doneFile)
  ? (JSON.parse(readFileSync(doneFile, 'utf8')) as Record<string, string>)
  : {};
for (const step of steps) {
  const print = fingerprint(step.inputs);
  if (done[step.name] === print && existsSync(join(root, step.output))) continue;
  const started = performance.now();
  await step.run();
  done[step.name] = print;
  writeFileSync(doneFile, JSON.stringify(done));
  console.log(`prepared ${step.name} in ${((performance.now() - started) / 1000).toFixed(1)} s`);
}
