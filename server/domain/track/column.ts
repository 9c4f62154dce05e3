/**
 * One column of whole numbers in few bits. Numbers become differences (of neighbours, or of neighbouring differences,
 * whichever is smaller), divided by what all of them share, and each difference is written in Rice's code with a
 * parameter that follows the mean of those before it, as JPEG-LS does (Weinberger, Seroussi, Sapiro 2000): nothing but
 * the numbers themselves is stored.
 */
import { type BitReader, type BitWriter, mostRiceBits } from './bits.ts';

/** One number of great size must not spoil the mean of many. Keeps the sum of 64 within 31 bits, too. */
const largestCounted = 2 ** mostRiceBits;

/** What a column begins with: everything that its differences do not say. */
interface Head {
  first: number;
  /** All neighbours differ by a multiple of this; 0: all values are the same. */
  step: number;
  /** 1: differences, 2: differences of differences. */
  order: 1 | 2;
}

/** Writes what `writeDifferences` needs to be read again. Starts and ends on a byte. */
export function writeHead(writer: BitWriter, values: Float64Array): Head {
  const step = commonStep(values);
  const head: Head = { first: values[0] ?? 0, step, order: smallerOrder(values) };
  writer.varint(zigzag(head.first));
  writer.varint(step * 2 + (head.order - 1));
  return head;
}

export function readHead(reader: BitReader): Head {
  const first = unzigzag(reader.varint());
  const stepAndOrder = reader.varint();
  return { first, step: Math.floor(stepAndOrder / 2), order: stepAndOrder % 2 === 0 ? 1 : 2 };
}

/** Writes all values but the first. */
export function writeDifferences(writer: BitWriter, values: Float64Array, { step, order }: Head): void {
  if (step === 0) return;
  const mean = new RunningMean();
  let before = 0;
  for (let index = 1; index < values.length; index++) {
    const difference = (values[index]! - values[index - 1]!) / step;
    const code = zigzag(order === 1 ? difference : difference - before);
    writer.rice(code, mean.riceBits);
    mean.add(code);
    before = difference;
  }
}

export function readDifferences(reader: BitReader, values: Float64Array, { first, step, order }: Head): void {
  if (step === 0) {
    values.fill(first);
    return;
  }
  const mean = new RunningMean();
  let value = first;
  let difference = 0;
  values[0] = first;
  for (let index = 1; index < values.length; index++) {
    const code = reader.rice(mean.riceBits);
    mean.add(code);
    difference = order === 1 ? unzigzag(code) : difference + unzigzag(code);
    value += difference * step;
    values[index] = value;
  }
}

/** The best Rice parameter for numbers such as those that came last. */
class RunningMean {
  /** The smallest for which count × 2^bits reaches the sum. */
  riceBits = 4;
  #sum = 16;
  #count = 1;

  add(value: number): void {
    this.#sum += Math.min(value, largestCounted);
    if (++this.#count === 64) {
      this.#sum >>>= 1;
      this.#count = 32;
    }
    while (this.riceBits < mostRiceBits && this.#count << this.riceBits < this.#sum) this.riceBits++;
    while (this.riceBits > 0 && this.#count << (this.riceBits - 1) >= this.#sum) this.riceBits--;
  }
}

function commonStep(values: Float64Array): number {
  let step = 0;
  for (let index = 1; index < values.length && step !== 1; index++)
    step = greatestDivisor(step, Math.abs(values[index]! - values[index - 1]!));
  return step;
}

function greatestDivisor(a: number, b: number): number {
  let [larger, smaller] = [a, b];
  while (smaller !== 0) [larger, smaller] = [smaller, larger % smaller];
  return larger;
}

function smallerOrder(values: Float64Array): 1 | 2 {
  let first = 0;
  let second = 0;
  let before = 0;
  for (let index = 1; index < values.length; index++) {
    const difference = values[index]! - values[index - 1]!;
    first += Math.log2(1 + Math.abs(difference));
    second += Math.log2(1 + Math.abs(difference - before));
    before = difference;
  }
  return second < first ? 2 : 1;
}

/** 0, −1, 1, −2, 2 … as 0, 1, 2, 3, 4 … */
const zigzag = (value: number): number => (value < 0 ? -value * 2 - 1 : value * 2);

function unzigzag(code: number): number {
  // Nearly all are small, and shifting is much faster than dividing.
  if (code < 2 ** 31) return (code >>> 1) ^ -(code & 1);
  return code % 2 === 0 ? code / 2 : -(code + 1) / 2;
}
