/** What is shipped with us, and under which licences; `UPDATE_GOLDEN=1` writes docs/dependencies.md anew. */
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

interface Locked {
  version: string;
  license?: string;
  resolved?: string;
  integrity?: string;
  dev?: boolean;
  hasInstallScript?: boolean;
}

const root = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');
const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, Locked> };
const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> };

/** Licences that go with Apache-2.0: use, change and hand on, with a notice at most, or file by file. */
const allowed = new Set([
  'MIT',
  'Apache-2.0',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'CC0-1.0',
  'Unlicense',
  'OFL-1.1',
  'MPL-2.0',
]);
/** Where the package's own field says nothing or misspells it: what its licence file says. */
const statedInFile: Record<string, string> = {
  arc: 'BSD-2-Clause',
  'png-js': 'MIT',
  'splaytree-ts': 'BSD-3-Clause',
};
/** EDL-1.0 is the three-clause BSD licence under the Eclipse Foundation's name. */
const choices: Record<string, string> = {
  '(MIT OR Apache-2.0)': 'MIT',
  '(EDL-1.0 OR EPL-1.0)': 'BSD-3-Clause',
};
/** Nobody's scripts run on our machines unread. */
const mayRunScripts = new Set<string>(['fsevents']);

const shipped = Object.entries(packages)
  .filter(([path, { dev }]) => path !== '' && !dev)
  .map(([path, locked]) => {
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const said = locked.license ?? '';
    const license = statedInFile[name] ?? choices[said] ?? said;
    return { ...locked, name, license };
  });

describe('S14 production dependencies', () => {
  it('every licence is one that goes with ours', () => {
    const others = shipped.filter(({ license }) => !allowed.has(license));
    expect(others.map(({ name, version, license }) => `${name} ${version}: ${license || 'none'}`)).toEqual(
      [],
    );
  });

  it('every package is pinned by its content, ours by their exact version', () => {
    const loose = shipped.filter(({ integrity }) => !integrity?.startsWith('sha512-'));
    expect(loose.map(({ name }) => name)).toEqual([]);
    for (const [name, version] of Object.entries(dependencies))
      expect(version, name).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it('no package runs a script when it is installed', () => {
    const running = shipped.filter(
      ({ name, hasInstallScript }) => hasInstallScript && !mayRunScripts.has(name),
    );
    expect(running.map(({ name }) => name)).toEqual([]);
  });

  it('docs/dependencies.md lists them as they are locked', () => {
    const path = 'docs/dependencies.md';
    const wanted = list();
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(new URL(path, root), wanted);
    expect(read(path)).toBe(wanted);
  });
});

function list(): string {
  const licenceOf = new Map(shipped.map(({ name, version, license }) => [`${name}@${version}`, license]));
  const own = Object.entries(dependencies).map(
    ([name, version]) => `| ${name} | ${version} | ${licenceOf.get(`${name}@${version}`)} |`,
  );
  const byLicence = Map.groupBy(licenceOf, ([, license]) => license);
  const others = [...byLicence]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([license, each]) =>
        `- **${license}** (${each.length}): ${each
          .map(([name]) => name)
          .toSorted()
          .join(', ')}`,
    );
  return `# What we ship

Made from package-lock.json by \`test/attack/dependencies.test.ts\`, which fails on a licence outside its list, on a package without
a content hash and on one that runs a script when it is installed. \`npm run sbom\` prints the same as a CycloneDX document.

## Chosen by us

| package | version | licence |
| --- | --- | --- |
${own.join('\n')}

## All of them, by licence

${others.join('\n')}
`;
}
