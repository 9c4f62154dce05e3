/** 200 addresses of the synthetic county as people write them: how many are found, and how honest the answers are. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { AddressCandidate, AddressReply } from '#contract/address.ts';
import { distanceM } from '#road/geo.ts';
import { synthRegion } from '../../server/region/synth/index.ts';
import { resolverWithout } from './resolver.ts';
import { writeAddresses, type Written } from './written.ts';

interface Answered {
  written: Written;
  reply: AddressReply;
  best: AddressCandidate | undefined;
  /** From the best answer to the truth. */
  offM: number;
  cpuMs: number;
}

const share = (part: readonly unknown[], all: readonly unknown[]): number =>
  part.length / Math.max(1, all.length);
const percent = (value: number): string => `${Math.round(value * 100)} %`;
/** Right when the truth lies where the answer says that it may; nobody asks for less than a house's distance. */
const isRight = ({ best, offM }: Answered): boolean =>
  best !== undefined && offM <= Math.max(best.radiusM * 1.2, 100);

function answer(seed: number): Answered[] {
  const source = synthRegion({ seed: 7, population: 30_000 });
  const texts = writeAddresses(source, 200, seed);
  const resolver = resolverWithout(source, new Set(texts.map(({ truth }) => truth)));
  return texts.map(written => {
    const before = process.cpuUsage();
    const reply = resolver.resolve(written.text, { limit: 5 });
    const { user, system } = process.cpuUsage(before);
    const [best] = reply.items;
    const offM =
      best && written.truth ? distanceM([best.position.lng, best.position.lat], written.truth) : Infinity;
    return { written, reply, best, offM, cpuMs: (user + system) / 1000 };
  });
}

describe('200 written addresses of the synthetic county', () => {
  let all: Answered[];
  let here: Answered[];
  beforeAll(() => {
    all = answer(20261122);
    here = all.filter(({ written }) => written.truth !== null);
  }, 60_000);

  it('are found, most of them to the house', () => {
    const within = (metres: number) =>
      share(
        here.filter(({ offM }) => offM <= metres),
        here,
      );
    const townships = share(
      here.filter(({ written, best }) => best?.label.startsWith(written.township ?? '?')),
      here,
    );
    const manners = [...new Set(here.map(({ written }) => written.manner))].map(manner => {
      const of = here.filter(({ written }) => written.manner === manner);
      return `${manner} ${percent(
        share(
          of.filter(({ offM }) => offM <= 300),
          of,
        ),
      )} of ${of.length}`;
    });
    console.log(
      `${all.length} texts, ${here.length} of them here: within 100 m ${percent(within(100))}, 300 m ${percent(within(300))}, ` +
        `1 km ${percent(within(1000))}; township ${percent(townships)}\n  within 300 m by manner: ${manners.join(', ')}`,
    );
    const times = all.map(({ cpuMs }) => cpuMs).toSorted((a, b) => a - b);
    const at = (quantile: number) => times[Math.floor(times.length * quantile)]!.toFixed(1);
    console.log(`CPU per text: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, most ${at(0.999)} ms`);
    expect(within(100)).toBeGreaterThan(0.6);
    expect(within(300)).toBeGreaterThan(0.86);
    expect(within(1000)).toBeGreaterThan(0.92);
    expect(townships).toBeGreaterThan(0.92);
  });

  it('are told from those elsewhere', () => {
    const away = all.filter(({ written }) => written.truth === null);
    const seen = away.filter(({ reply }) => reply.elsewhere !== null);
    const wrongly = here.filter(({ reply }) => reply.elsewhere !== null);
    console.log(
      `elsewhere: ${seen.length} of ${away.length} seen, ${wrongly.length} of ${here.length} sent away wrongly`,
    );
    expect(share(seen, away)).toBeGreaterThanOrEqual(0.9);
    expect(share(wrongly, here)).toBeLessThan(0.02);
  });

  it('come with a confidence that holds', () => {
    const bands = [0, 0.2, 0.4, 0.6, 0.8, 0.9].map((from, i, starts) => {
      const of = here.filter(
        ({ best }) => best && best.confidence >= from && best.confidence < (starts[i + 1] ?? 2),
      );
      return `from ${from}: ${percent(share(of.filter(isRight), of))} of ${of.length}`;
    });
    const sure = here.filter(({ best }) => (best?.confidence ?? 0) >= 0.8);
    console.log(`right by confidence: ${bands.join(', ')}; sure of ${percent(share(sure, here))}`);
    expect(share(sure.filter(isRight), sure)).toBeGreaterThan(0.9);
    expect(share(sure, here)).toBeGreaterThan(0.7);
  });
});
