import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';

/** A backup is not what it should be, or cannot be put where it was asked for; the message says why. */
export class BadBackup extends Error {}

const manifestSchema = z.object({
  format: z.literal(1),
  madeAt: z.iso.datetime(),
  kind: z.enum(['embedded', 'server']),
  /** Rows of each table in the very state that was kept. */
  rows: z.record(z.string(), z.number()),
  audit: z.object({ seq: z.number(), head: z.string() }),
  files: z.array(z.object({ path: z.string(), sha256: z.string() })),
});
/** What a backup says of itself: counts and hashes, nobody's name. */
export type Manifest = z.infer<typeof manifestSchema>;

const name = 'manifest.json';

/** Describes the files that are in `folder` now, and writes it beside them. */
export async function writeManifest(folder: string, said: Omit<Manifest, 'files' | 'format'>): Promise<void> {
  const manifest: Manifest = { format: 1, ...said, files: await filesOf(folder) };
  await writeFile(join(folder, name), `${JSON.stringify(manifest, undefined, 1)}\n`, { mode: 0o600 });
}

/** The manifest of a backup all of whose files are there and as they were written. Throws BadBackup. */
export async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(join(folder, name), 'utf8').catch(() => {
    throw new BadBackup(`${folder} is no backup: expected a ${name} in it`);
  });
  const read = manifestSchema.safeParse(JSON.parse(text));
  if (!read.success) throw new BadBackup(`${join(folder, name)}: ${z.prettifyError(read.error)}`);
  const there = new Map((await filesOf(folder)).map(({ path, sha256 }) => [path, sha256]));
  for (const { path, sha256 } of read.data.files)
    if (there.get(path) !== sha256)
      throw new BadBackup(
        `${join(folder, path)} is ${there.has(path) ? 'not as it was written' : 'missing'}`,
      );
  return read.data;
}

async function filesOf(folder: string): Promise<Manifest['files']> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter(entry => entry.isFile())
    .map(entry => relative(folder, join(entry.parentPath, entry.name)))
    .filter(path => path !== name)
    .toSorted();
  const files: Manifest['files'] = [];
  for (const path of paths) {
    const hash = createHash('sha256');
    await pipeline(createReadStream(join(folder, path)), hash);
    files.push({ path, sha256: hash.digest('hex') });
  }
  return files;
}
