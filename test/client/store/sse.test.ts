import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type SseEvent, SseParser } from '../../../client/store/sse.ts';

/** The specification's steps on a whole text at once: slow and plain. */
function oracle(text: string): SseEvent[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  lines.pop(); // what follows the last line end is not a line yet
  const events: SseEvent[] = [];
  let [type, lastEventId] = ['', ''];
  let data: string[] = [];
  for (const line of lines) {
    if (line === '') {
      if (data.length > 0) events.push({ type: type || 'message', data: data.join('\n'), lastEventId });
      [type, data] = ['', []];
      continue;
    }
    const [, field = line, value = ''] = /^([^:]*): ?(.*)$/s.exec(line) ?? [];
    if (field === 'event') type = value;
    if (field === 'data') data.push(value);
    if (field === 'id' && !value.includes('\0')) lastEventId = value;
  }
  return events;
}

/** Text that looks like a stream more often than chance would have it. */
const streamText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'data: ',
        'data:',
        'event: fact',
        'id: 7',
        'id',
        ':',
        ': keep-alive',
        'retry: 5',
        'data',
        '\n',
        '\r',
        '\r\n',
        '\n\n',
      ),
      fc.string({ maxLength: 6 }),
    ),
    { maxLength: 40 },
  )
  .map(parts => parts.join(''));

function cut(text: string, at: readonly number[]): string[] {
  const places = [...new Set(at.map(place => place % (text.length + 1)))].toSorted((a, b) => a - b);
  return [0, ...places].map((from, i) => text.slice(from, places[i] ?? text.length));
}

describe('SseParser', () => {
  it('reads a text as the specification says, cut anywhere', () => {
    fc.assert(
      fc.property(streamText, fc.array(fc.nat(500), { maxLength: 30 }), (text, at) => {
        const parser = new SseParser();
        expect(cut(text, at).flatMap(chunk => parser.push(chunk))).toEqual(oracle(text));
      }),
      { numRuns: 2000 },
    );
  });

  it('keeps CR LF together when a chunk ends between them', () => {
    const parser = new SseParser();
    const events = ['data: a\r', '\ndata: b\r', '\n\r', '\n'].flatMap(chunk => parser.push(chunk));
    expect(events).toEqual([{ type: 'message', data: 'a\nb', lastEventId: '' }]);
  });

  it('remembers the id across events and passes over comments', () => {
    const parser = new SseParser();
    const events = parser.push('id: 4\nevent: fact\ndata: {}\n\n: still here\n\nevent: ping\ndata: 1\n\n');
    expect(events.map(({ type, lastEventId }) => [type, lastEventId])).toEqual([
      ['fact', '4'],
      ['ping', '4'],
    ]);
  });
});
