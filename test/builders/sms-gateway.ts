/** A message gateway on the loopback that checks what it is sent, and misbehaves as it is told. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isSigned } from '../../server/http/signature.ts';
import { ManualClock } from './clock.ts';

interface Received {
  messageId: string;
  phone: string;
  text: string;
}
/** A status, no answer at all, an answer that means nothing, one without end, or a broken line. */
type Behaviour = number | 'hang' | 'babble' | 'flood' | 'reset';

export class FakeSmsGateway {
  /** What it took, each message once. */
  readonly received: Received[] = [];
  /** Every request with a good signature. */
  readonly attempts: Received[] = [];
  clock = new ManualClock();
  whenReceived: () => Promise<void> = () => Promise.resolve();
  readonly #key: string;
  readonly #server: Server;
  readonly #next: Behaviour[] = [];

  private constructor(key: string) {
    this.#key = key;
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  static async start(key: string): Promise<FakeSmsGateway> {
    const gateway = new FakeSmsGateway(key);
    await new Promise<void>(resolve => gateway.#server.listen(0, '127.0.0.1', resolve));
    return gateway;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/send`;
  }

  /** How it answers the next requests, one after the other. */
  behave(...next: Behaviour[]): void {
    this.#next.push(...next);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = Buffer.concat(parts).toString('utf8');
    const header = (name: string) => request.headers[name]?.toString();
    if (!isSigned(this.#key, body, header, this.clock.now())) return void response.writeHead(401).end();
    const message = JSON.parse(body) as Received;
    this.attempts.push(message);
    const behaviour = this.#next.shift() ?? 200;
    if (behaviour === 'hang') return;
    if (behaviour === 'reset') return void request.socket.destroy();
    if (behaviour === 'babble') return void response.end('<html>welcome</html>');
    if (behaviour === 'flood') return void response.end(`{"id":"${'x'.repeat(1_000_000)}"}`);
    if (behaviour !== 200) return void response.writeHead(behaviour).end(JSON.stringify({ echo: message }));
    if (!this.received.some(({ messageId }) => messageId === message.messageId)) this.received.push(message);
    await this.whenReceived();
    response.end(JSON.stringify({ id: `gw-${message.messageId}` }));
  }
}
