/** Server-sent events as a state machine over text chunks (WHATWG HTML, 9.2.6), cut anywhere. */
export interface SseEvent {
  type: string;
  data: string;
  /** The last `id:` seen so far; empty before the first. */
  lastEventId: string;
}

/** Feeds on chunks of decoded text and returns the events that each chunk completes. Comments and `retry:` are passed over. */
export class SseParser {
  private rest = '';
  private type = '';
  private data: string[] = [];
  private lastEventId = '';
  /** The chunk before ended in CR: a LF at the start of the next one belongs to it. */
  private afterCr = false;
  private atStart = true;

  push(chunk: string): SseEvent[] {
    if (chunk === '') return [];
    let text = this.rest + this.withoutSeam(chunk);
    if (this.atStart && text !== '') {
      this.atStart = false;
      if (text.startsWith('\uFEFF')) text = text.slice(1);
    }
    const events: SseEvent[] = [];
    const lineEnd = /\r\n|\n|\r/g;
    // What was left over holds no line end: a long snapshot in many chunks is scanned once.
    lineEnd.lastIndex = this.rest.length;
    let from = 0;
    for (let end = lineEnd.exec(text); end; end = lineEnd.exec(text)) {
      const complete = this.line(text.slice(from, end.index));
      if (complete) events.push(complete);
      from = lineEnd.lastIndex;
    }
    this.rest = text.slice(from);
    return events;
  }

  private withoutSeam(chunk: string): string {
    const joined = this.afterCr && chunk.startsWith('\n') ? chunk.slice(1) : chunk;
    this.afterCr = chunk.endsWith('\r');
    return joined;
  }

  private line(line: string): SseEvent | null {
    if (line === '') return this.complete();
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const raw = colon < 0 ? '' : line.slice(colon + 1);
    const value = raw.startsWith(' ') ? raw.slice(1) : raw;
    if (field === 'event') this.type = value;
    else if (field === 'data') this.data.push(value);
    else if (field === 'id' && !value.includes('\0')) this.lastEventId = value;
    return null;
  }

  private complete(): SseEvent | null {
    const { type, data, lastEventId } = this;
    this.type = '';
    this.data = [];
    return data.length === 0 ? null : { type: type || 'message', data: data.join('\n'), lastEventId };
  }
}
