import { SseParser } from '../store/sse.ts';

/** The events of an answer as they come, until it ends. */
export async function* eventsOf({ body }: Response): AsyncGenerator<{ type: string; data: string }> {
  if (!body) return;
  const parser = new SseParser();
  // By a reader: streams cannot be iterated in every browser of the floor.
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield* parser.push(value);
    }
  } finally {
    // Of a line that was cut off there is nothing left to cancel, and it says so by rejecting.
    reader.cancel().catch(() => {});
  }
}
