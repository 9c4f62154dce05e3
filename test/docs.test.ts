/** Documents name files; a file that moves must be renamed there too. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = resolve(fileURLToPath(new URL('..', import.meta.url)));
const documents = [
  'README.md',
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.md'))
    .map(name => join('docs', name)),
];

describe.each(documents.map(name => [name]))('%s', name => {
  const text = readFileSync(join(root, name), 'utf8');

  it('names only files and folders that exist', () => {
    const named = [...text.matchAll(/`((?:client|server|db|test|docs)\/[\w./-]+)`/g)].map(match => match[1]!);
    expect(named.filter(path => !existsSync(join(root, path)))).toEqual([]);
  });

  it('links only to what exists', () => {
    const linked = [...text.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(match => match[1]!);
    expect(linked.filter(path => !existsSync(resolve(root, name, '..', path)))).toEqual([]);
  });

  it('names only npm scripts that exist', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    const named = [...text.matchAll(/npm run ([\w:-]+)/g)].map(match => match[1]!);
    expect(named.filter(script => !(script in scripts))).toEqual([]);
  });
});
