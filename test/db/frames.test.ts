import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FrontendSplitter } from '../../db/embedded/frames.ts';
import { endsWithReady, errorCode } from '../../db/embedded/replies.ts';

/** One message of the protocol: type letter (none for the start-up packet) and body. */
function message(type: string | undefined, body: Uint8Array): Buffer {
  const head = Buffer.alloc(4);
  head.writeInt32BE(4 + body.length);
  return Buffer.concat([Buffer.from(type ?? '', 'latin1'), head, body]);
}

const body = fc.uint8Array({ maxLength: 40 });
const messages = fc.array(fc.tuple(fc.constantFrom('P', 'B', 'D', 'E', 'S', 'Q', 'H'), body), {
  maxLength: 30,
});

/** The same cut, made on whole messages. */
function expectedBatches(
  startup: Buffer,
  list: [string, Uint8Array][],
): { hex: string; expectsReady: boolean }[] {
  const batches = [{ hex: startup.toString('hex'), expectsReady: true }];
  let open = '';
  for (const [type, content] of list) {
    open += message(type, content).toString('hex');
    if (!'QSH'.includes(type)) continue;
    batches.push({ hex: open, expectsReady: type !== 'H' });
    open = '';
  }
  return batches;
}

describe('FrontendSplitter', () => {
  it('gives the same batches however the stream is cut into pieces', () => {
    fc.assert(
      fc.property(
        body,
        messages,
        fc.array(fc.nat({ max: 2000 }), { maxLength: 20 }),
        (startBody, list, cuts) => {
          const startup = message(undefined, startBody);
          const stream = Buffer.concat([startup, ...list.map(([type, content]) => message(type, content))]);
          const edges = [
            0,
            ...cuts.map(cut => Math.min(cut, stream.length)).toSorted((a, b) => a - b),
            stream.length,
          ];
          const splitter = new FrontendSplitter();
          const batches = edges
            .slice(1)
            .flatMap((edge, index) => splitter.push(stream.subarray(edges[index]!, edge)))
            .map(batch => ({
              hex: Buffer.from(batch.bytes).toString('hex'),
              expectsReady: batch.expectsReady,
            }));
          expect(batches).toEqual(expectedBatches(startup, list));
        },
      ),
    );
  });

  it('ends at Terminate and ignores what follows', () => {
    const splitter = new FrontendSplitter();
    splitter.push(message(undefined, new Uint8Array(8)));
    const rest = Buffer.concat([message('X', new Uint8Array()), message('Q', new Uint8Array(3))]);
    expect(splitter.push(rest)).toEqual([]);
    expect(splitter.terminated).toBe(true);
  });
});

describe('replies', () => {
  const ready = message('Z', Buffer.from('I'));
  const error = message(
    'E',
    Buffer.from('SERROR\0VERROR\0C54001\0Mstack depth limit exceeded\0\0', 'latin1'),
  );
  const rowThatLooksLikeAnError = message('D', error);

  it('are complete when they end with ReadyForQuery', () => {
    expect(endsWithReady(Buffer.concat([rowThatLooksLikeAnError, ready]))).toBe(true);
    expect(endsWithReady(error)).toBe(false);
    expect(endsWithReady(new Uint8Array())).toBe(false);
    expect(endsWithReady(ready.subarray(1))).toBe(false);
  });

  it('name the SQLSTATE of the first error, not of data that resembles one', () => {
    expect(errorCode(Buffer.concat([rowThatLooksLikeAnError, error, ready]))).toBe('54001');
    expect(errorCode(Buffer.concat([rowThatLooksLikeAnError, ready]))).toBeUndefined();
  });
});
