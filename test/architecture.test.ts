/**
 * The layers, as a test: what may import what, who may read the environment, who may read the time, who may write.
 * Each failure names the file and says what to do instead.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = resolve(fileURLToPath(new URL('..', import.meta.url)));
const pureFolders = ['server/contract', 'server/domain', 'server/locate', 'server/road'];

function sourceFiles(folder: string): string[] {
  const from = join(root, folder);
  if (!existsSync(from)) return [];
  return readdirSync(from, { recursive: true, encoding: 'utf8' })
    .filter(name => /\.tsx?$/.test(name) && !name.includes('node_modules'))
    .map(name => join(folder, name));
}

const textOf = (file: string) => readFileSync(join(root, file), 'utf8');

interface Import {
  specifier: string;
  typeOnly: boolean;
}

/** Static and dynamic imports of a file. Good for code that a formatter keeps: one statement never shares a line with another. */
export function importsOf(text: string): Import[] {
  const statements = text.matchAll(
    /^\s*(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]/gm,
  );
  return [...statements].map(match => ({
    specifier: match[2] ?? match[3]!,
    typeOnly: match[1] !== undefined,
  }));
}

/** Where an import leads, as a path from the root; packages and node modules stay as they are. */
function target(file: string, specifier: string): string {
  const alias = /^#(contract|domain|locate|road)\/(.*)$/.exec(specifier);
  if (alias) return `server/${alias[1]}/${alias[2]}`;
  if (specifier.startsWith('.')) return relative(root, resolve(root, dirname(file), specifier));
  return specifier;
}

const isWithin = (path: string, folders: string[]) => folders.some(folder => path.startsWith(`${folder}/`));
const code = (text: string) => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '');

describe('layers', () => {
  const purePackages = ['zod', 'kdbush', 'd3-delaunay', '@turf/turf'];

  it.each(pureFolders.flatMap(sourceFiles).map(file => [file]))('%s is pure', file => {
    for (const { specifier } of importsOf(textOf(file))) {
      const to = target(file, specifier);
      const allowed = isWithin(to, pureFolders) || purePackages.includes(specifier);
      expect(allowed, `${file} imports ${specifier}: a pure folder takes what it needs as arguments`).toBe(
        true,
      );
    }
    const impure =
      /\b(?:process\.|document\.|window\.|Date\.now\(|new Date\(\)|Math\.random\(|performance\.now\()/.exec(
        code(textOf(file)),
      );
    expect(impure?.[0], `${file}: time and randomness come in as arguments`).toBeUndefined();
  });

  it.each(sourceFiles('client').map(file => [file]))(
    '%s imports only pure folders and types of the server',
    file => {
      for (const { specifier, typeOnly } of importsOf(textOf(file))) {
        const to = target(file, specifier);
        if (!to.startsWith('server/') && !to.startsWith('db/')) continue;
        const allowed = isWithin(to, pureFolders) || (typeOnly && to === 'server/app.ts');
        expect(
          allowed,
          `${file} imports ${specifier}: take it from #contract, #domain, #locate or #road`,
        ).toBe(true);
      }
    },
  );

  it('the demo world and the locate engine do not know each other', () => {
    for (const file of sourceFiles('server/sim'))
      for (const { specifier } of importsOf(textOf(file)))
        expect(target(file, specifier), file).not.toMatch(/^server\/(locate|services|ingest|stream|live)\//);
    for (const file of sourceFiles('server/locate'))
      for (const { specifier } of importsOf(textOf(file)))
        expect(target(file, specifier), file).not.toMatch(/^server\/sim\//);
  });

  it('only services write to the database', () => {
    const writes =
      /\b(?:tx|db)\s*\.(?:insert|update|delete)\(|\b(?:insert into|update [a-z_]+ set|delete from)\b/i;
    const mayWrite = ['server/services', 'server/audit'];
    for (const file of sourceFiles('server').filter(name => !isWithin(name, mayWrite)))
      expect(
        writes.exec(code(textOf(file)))?.[0],
        `${file} writes: move it to a verb in server/services`,
      ).toBeUndefined();
  });

  it('only config.ts reads the environment', () => {
    for (const file of [...sourceFiles('server'), ...sourceFiles('db'), ...sourceFiles('client')])
      if (file !== 'server/config.ts')
        expect(
          /process\.env/.exec(code(textOf(file)))?.[0],
          `${file}: let server/config.ts read it and pass it in`,
        ).toBeUndefined();
  });

  it('only the clock reads the time', () => {
    const readsTime = /Date\.now\(|new Date\(\)/;
    const clocks = ['server/clock.ts'];
    for (const file of [...sourceFiles('server'), ...sourceFiles('db')])
      if (!clocks.includes(file))
        expect(readsTime.exec(code(textOf(file)))?.[0], `${file}: take a Clock instead`).toBeUndefined();
    for (const file of sourceFiles('client'))
      if (!file.startsWith('client/clock/'))
        expect(readsTime.exec(code(textOf(file)))?.[0], `${file}: use client/clock instead`).toBeUndefined();
  });
});

describe('the import reader', () => {
  it('sees static, type-only, side-effect, re-exporting and dynamic imports', () => {
    const text = [
      "import type { A } from './a.ts';",
      "import { b,\n  c } from './b.ts';",
      "import './c.css';",
      "export * from './d.ts';",
      "const e = await import('./e.ts');",
    ].join('\n');
    expect(importsOf(text)).toEqual([
      { specifier: './a.ts', typeOnly: true },
      { specifier: './b.ts', typeOnly: false },
      { specifier: './c.css', typeOnly: false },
      { specifier: './d.ts', typeOnly: false },
      { specifier: './e.ts', typeOnly: false },
    ]);
  });
});
