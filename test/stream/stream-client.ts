/** A stream's reader as a browser has it: collects bytes, reads whole messages, keeps the world. */
import {
  positionRecordBytes,
  type PositionRecord,
  readPositionRecord,
  type SnapshotMessage,
} from '#contract/stream.ts';
import { apply, type Fact, withoutTrace } from '#domain/apply.ts';
import { emptyWorld, type World } from '#domain/world.ts';

export interface Message {
  name: string;
  id: string | undefined;
  data: string;
}

/** The whole messages at the front of a stream's text; what was cut off is left out. */
export function messagesIn(text: string): Message[] {
  return text
    .split('\n\n')
    .slice(0, -1)
    .map(
      block => new Map(block.split('\n').map(line => [line.split(': ', 1)[0]!, line.replace(/^\w+: /, '')])),
    )
    .filter(fields => fields.has('data'))
    .map(fields => ({ name: fields.get('event')!, id: fields.get('id'), data: fields.get('data')! }));
}

/** What a client makes of the messages. */
export class ClientModel {
  world: World = emptyWorld;
  lastId: string | undefined;
  readonly seen: string[] = [];
  readonly positions = new Map<number, PositionRecord>();
  /** Seq of every fact that came, in order of arrival. */
  readonly facts: number[] = [];

  take({ name, id, data }: Message): void {
    this.seen.push(name);
    if (id !== undefined) this.lastId = id;
    switch (name) {
      case 'snapshot': {
        const { world, positions } = JSON.parse(data) as SnapshotMessage;
        this.world = world;
        this.positions.clear();
        this.#place(positions);
        return;
      }
      case 'fact': {
        const fact = JSON.parse(data) as Fact;
        this.facts.push(fact.seq);
        this.world = apply(this.world, fact);
        return;
      }
      case 'positions':
        return this.#place(data);
      case 'revoked': {
        const { incidentId } = JSON.parse(data) as { incidentId: string };
        const incident = this.world.incidents[incidentId];
        if (!incident) return;
        this.world = {
          ...this.world,
          incidents: { ...this.world.incidents, [incidentId]: withoutTrace(incident) },
        };
      }
    }
  }

  #place(base64: string): void {
    const bytes = Buffer.from(base64, 'base64');
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let offset = 0; offset < bytes.length; offset += positionRecordBytes) {
      const record = readPositionRecord(view, offset);
      this.positions.set(record.slot, record);
    }
  }
}

/** Reads a stream in the background; `text` is what has come so far. */
export class StreamReader {
  text = '';
  ended = false;
  failed = false;
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;

  constructor(stream: ReadableStream<Uint8Array>) {
    this.#reader = stream.getReader();
    void this.#read();
  }

  /** The client as it is after all whole messages so far. */
  model(model = new ClientModel()): ClientModel {
    for (const message of messagesIn(this.text)) model.take(message);
    return model;
  }

  leave(): Promise<void> {
    return this.#reader.cancel();
  }

  async #read(): Promise<void> {
    const decoder = new TextDecoder();
    try {
      for (;;) {
        const { done, value } = await this.#reader.read();
        if (done) break;
        this.text += decoder.decode(value, { stream: true });
      }
    } catch {
      this.failed = true;
    }
    this.ended = true;
  }
}

/** Lets everything that is ready to happen happen. */
export const settle = (): Promise<void> => new Promise(resolve => setImmediate(() => setImmediate(resolve)));
