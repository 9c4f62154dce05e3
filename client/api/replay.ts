/** Recordings of incidents. */
import type { RecordedMessage } from '#contract/replay.ts';
import { recordedMessage } from '../replay/recording.ts';
import { SseParser } from '../store/sse.ts';
import { ApiFailure, open } from './http.ts';

/** Reads a whole recording; rejects with `ApiFailure`, also when it is cut off before its end. */
export async function fetchRecording(incidentId: string, signal: AbortSignal): Promise<RecordedMessage[]> {
  const { body } = await open(`/api/replay/${encodeURIComponent(incidentId)}`, { signal });
  const parser = new SseParser();
  const messages: RecordedMessage[] = [];
  if (body)
    for await (const text of pieces(body.pipeThrough(new TextDecoderStream())))
      for (const { type, data } of parser.push(text)) {
        const message = recordedMessage(type, data);
        if (message) messages.push(message);
      }
  if (messages.at(-1)?.type !== 'end') throw new ApiFailure('unreadable', 'the recording was cut off');
  return messages;
}

/** By a reader: streams cannot be iterated in every browser of the floor. */
async function* pieces(stream: ReadableStream<string>): AsyncGenerator<string> {
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}
