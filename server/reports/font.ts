/** Noto Sans SC for paper. It comes cut into a hundred slices; only those that a text needs are read. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { unpackWoff } from './woff.ts';

export type Weight = 400 | 700;
/** A piece of a text whose characters are all in one slice. */
export interface Run {
  text: string;
  slice: string;
}

let directory: string | undefined;
let index: { from: number; to: number; slice: string }[] | undefined;

const folder = () =>
  (directory ??= dirname(createRequire(import.meta.url).resolve('@fontsource/noto-sans-sc/unicode.json')));

/** Which slice has which characters, by `unicode.json`: `{"[4]": "U+1f1e9-1f1f5,U+1f21a", "latin": …}`. Where two do, the Latin one goes first. */
function ranges() {
  if (index) return index;
  const text = readFileSync(join(folder(), 'unicode.json'), 'utf8');
  const lists = Object.entries(JSON.parse(text) as Record<string, string>);
  return (index = lists
    .toSorted(([a], [b]) => Number(b === 'latin') - Number(a === 'latin'))
    .flatMap(([slice, list]) =>
      list.split(',').map(range => {
        const [from = '', to = from] = range.replace('U+', '').split('-');
        return {
          from: Number.parseInt(from, 16),
          to: Number.parseInt(to, 16),
          slice: slice.replaceAll(/[[\]]/g, ''),
        };
      }),
    ));
}

/** A bulletin says the same few hundred characters again and again, and there are thousands of ranges. */
const slices = new Map<string, string | undefined>();

function sliceOf(character: string): string | undefined {
  if (slices.has(character)) return slices.get(character);
  const code = character.codePointAt(0)!;
  const slice = ranges().find(({ from, to }) => code >= from && code <= to)?.slice;
  slices.set(character, slice);
  return slice;
}

/** A text as runs of one slice each. What no slice has is written as a geta mark (〓), as printers do. */
export function runsOf(text: string): Run[] {
  const runs: Run[] = [];
  for (const character of text) {
    const slice = sliceOf(character);
    const shown = slice === undefined ? '〓' : character;
    const its = slice ?? sliceOf('〓') ?? 'latin';
    const last = runs.at(-1);
    if (last?.slice === its) last.text += shown;
    else runs.push({ text: shown, slice: its });
  }
  return runs;
}

/** One slice as a plain font. */
export const sliceFont = (slice: string, weight: Weight): Buffer =>
  unpackWoff(readFileSync(join(folder(), 'files', `noto-sans-sc-${slice}-${weight}-normal.woff`)));
