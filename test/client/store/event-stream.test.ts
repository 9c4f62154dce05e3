import { expect, it } from 'vitest';
import { eventsOf } from '../../../client/api/event-stream.ts';

it('a line that is cut off gives what came before, then its error, and nothing rejects unheard', async () => {
  const cut = new Error('cut off');
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start: controller => controller.enqueue(new TextEncoder().encode('event: fact\ndata: 1\n\n')),
    pull: controller => controller.error(cut),
  });
  const heard: unknown[] = [];
  const unheard: unknown[] = [];
  const note = (reason: unknown) => unheard.push(reason);
  process.on('unhandledRejection', note);
  const all = (async () => {
    for await (const event of eventsOf(new Response(body))) heard.push(event);
  })();
  await expect(all).rejects.toBe(cut);
  await new Promise(resolve => setTimeout(resolve, 20));
  process.off('unhandledRejection', note);
  expect(heard).toMatchObject([{ type: 'fact', data: '1' }]);
  expect(unheard).toEqual([]);
});
