/**
 * Where the audit's chain stood at the end of each day, signed: in a table and as lines of a file. The chain shows what was
 * changed inside of it; that its tail was cut, or all of it written anew, shows only against what was noted elsewhere. Copy
 * the file to where nobody who runs this machine can write.
 */
import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { auditDaySchema } from '#contract/audit.ts';
import type { AuditDayRow } from '../../db/queries/audit-view.ts';
import { isSigned } from './signing.ts';

/** The chain had this hash at this row. */
export interface Anchor {
  day: string;
  seq: number;
  /** Hexadecimal. */
  hash: string;
}

export const anchorFile = (dataDir: string): string => join(dataDir, 'audit-days.jsonl');

/** A signed day: what a line of the file holds. */
interface SignedDay {
  body: string;
  /** Base64. */
  signature: string;
  /** Base64 of SPKI. */
  publicKey: string;
}

/** Lines that no anchor can be read from, or whose signature is not this installation's. */
export class BadAnchor extends Error {}

/**
 * The anchor that a signed day tells. `publicKey`: whose signature is wanted. Throws BadAnchor.
 */
export function anchorOf(
  { body, signature, publicKey }: SignedDay,
  wanted: Uint8Array,
  where: string,
): Anchor {
  const key = Buffer.from(publicKey, 'base64');
  if (!key.equals(wanted)) throw new BadAnchor(`${where}: signed with another key than this installation's`);
  if (!isSigned(body, Buffer.from(signature, 'base64'), key))
    throw new BadAnchor(`${where}: the signature is not that of its text`);
  const { day, seq, hash } = auditDaySchema.parse(JSON.parse(body));
  return { day, seq, hash };
}

/** A row of the table in the form of a line. */
export const signedDay = ({ body, signature, publicKey }: AuditDayRow): SignedDay => ({
  body,
  signature: signature.toString('base64'),
  publicKey: publicKey.toString('base64'),
});

/** The lines of an anchor file; none when there is no file. Throws BadAnchor for what is no line of it. */
export async function readAnchorFile(file: string): Promise<SignedDay[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  return text
    .split('\n')
    .filter(line => line !== '')
    .map((line, index) => parseLine(line, `${file} line ${index + 1}`));
}

function parseLine(line: string, where: string): SignedDay {
  try {
    const { body, signature, publicKey } = JSON.parse(line) as Partial<SignedDay>;
    if (typeof body === 'string' && typeof signature === 'string' && typeof publicKey === 'string')
      return { body, signature, publicKey };
  } catch {
    // Said below.
  }
  throw new BadAnchor(`${where}: expected a JSON object with body, signature and publicKey`);
}

/** Adds the days that the file does not have yet. */
export async function appendAnchors(file: string, days: readonly AuditDayRow[]): Promise<void> {
  const written = new Set((await readAnchorFile(file)).map(({ body }) => body));
  const missing = days.map(signedDay).filter(({ body }) => !written.has(body));
  if (missing.length === 0) return;
  const lines = missing.map(day => `${JSON.stringify(day)}\n`).join('');
  await appendFile(file, lines, { flush: true, mode: 0o600 });
}
