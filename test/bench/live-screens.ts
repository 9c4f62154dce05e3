/** Many readers of a stream in one process, and how old the positions are that reach them. */
import { type ClientRequest, get } from 'node:http';
import { positionRecordBytes } from '#contract/stream.ts';
import type { Spread } from './report.ts';

/** Counts durations in tenths of a millisecond. */
export class Histogram {
  readonly #bins = new Uint32Array(100_000);
  count = 0;

  add(ms: number): void {
    const bin = Math.min(this.#bins.length - 1, Math.max(0, Math.round(ms * 10)));
    this.#bins[bin]!++;
    this.count++;
  }

  spread(): Spread {
    const rank = (share: number) => {
      let left = Math.ceil(this.count * share);
      for (let bin = 0; bin < this.#bins.length; bin++) {
        left -= this.#bins[bin]!;
        if (left <= 0) return bin / 10;
      }
      return Number.NaN;
    };
    return { p50: rank(0.5), p95: rank(0.95), p99: rank(0.99) };
  }
}

/** Reads server-sent events and hands out the data of each message. */
export function openScreen(
  url: string,
  headers: Record<string, string>,
  onMessage: (name: string, data: string) => void,
): Promise<ClientRequest> {
  return new Promise((resolve, reject) => {
    const request = get(url, { headers, agent: false }, response => {
      if (response.statusCode !== 200) return reject(new Error(`${url} answered ${response.statusCode}`));
      response.setEncoding('latin1');
      let rest = '';
      response.on('data', (chunk: string) => {
        const blocks = (rest + chunk).split('\n\n');
        rest = blocks.pop()!;
        for (const block of blocks) {
          const name = /^event: (\w+)/.exec(block)?.[1];
          if (name) onMessage(name, block.slice(block.indexOf('data: ') + 6));
        }
      });
      resolve(request);
    });
    request.on('error', reject);
  });
}

/** Position records carry the number of their fix in the longitude: 100° + number·1e-7. */
export const numberedLng = (number: number): number => 100 + number / 1e7;

/** The fixes of a frame, read once for all screens that get the same bytes. */
export class FrameReader {
  readonly #read = new Map<string, Uint32Array>();

  numbers(base64: string): Uint32Array {
    const known = this.#read.get(base64);
    if (known) return known;
    const bytes = Buffer.from(base64, 'base64');
    const numbers = new Uint32Array(bytes.length / positionRecordBytes);
    for (let index = 0; index < numbers.length; index++) {
      numbers[index] = bytes.readInt32LE(index * positionRecordBytes + 4) - 1e9;
    }
    if (this.#read.size > 200) this.#read.clear();
    this.#read.set(base64, numbers);
    return numbers;
  }
}
