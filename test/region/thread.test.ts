import { totalmem } from 'node:os';
import { describe, expect, it } from 'vitest';
import { mostHeapMb, runThread } from '../../server/region/thread.ts';

const library = (file: string) => new URL(`../../server/region/${file}.ts`, import.meta.url).href;
const script = (source: string) => new URL(`data:text/javascript,${encodeURIComponent(source)}`);
const options = { heapMb: 64, tooLarge: 'too large; ask for less' };

describe('a thread for long work', () => {
  it('gives what the work gives, and tells how far it is', async () => {
    const said: number[] = [];
    const twice = script(`
      import { answer } from '${library('thread')}';
      await answer(async (task, onProgress) => { onProgress(0.5); return task * 2; });`);
    const result = await runThread<number, number, number>(twice, 21, {
      ...options,
      onProgress: share => said.push(share),
    });
    expect(result).toBe(42);
    expect(said).toEqual([0.5]);
  });

  it('refuses with the reason of the work; what is no refusal stays the error that it was', async () => {
    const refuse = script(`
      import { answer } from '${library('thread')}';
      import { RegionError } from '${library('error')}';
      await answer(async what => { throw new RegionError('noRoads', what); });`);
    await expect(runThread(refuse, 'no two roads', options)).rejects.toMatchObject({
      name: 'RegionError',
      code: 'noRoads',
      message: 'no two roads',
    });
    const broken = runThread(script(`throw new TypeError('a mistake');`), null, options);
    await expect(broken).rejects.toThrow(new TypeError('a mistake'));
    await expect(runThread(script(''), null, options)).rejects.toThrow('ended early (exit 0)');
  });

  it('ends alone when the memory is full, and says what to do', async () => {
    const greedy = script('let all = null; for (;;) all = { all };');
    await expect(runThread(greedy, null, options)).rejects.toMatchObject({
      name: 'RegionError',
      code: 'unsupported',
      message: 'too large; ask for less',
    });
  });

  it('may have most of the memory, never all of it', () => {
    const machineMb = totalmem() / 2 ** 20;
    expect(mostHeapMb()).toBeLessThan(machineMb);
    expect(mostHeapMb()).toBeGreaterThan(0);
  });
});
