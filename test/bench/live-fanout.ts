/** A bare server that writes the same bytes to all its readers: what sending costs at best. Started by the live bench. */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const [bytes, everyMs, forMs] = process.argv.slice(2).map(Number) as [number, number, number];
const readers = new Set<ServerResponse>();
const server = createServer((_, response) => {
  response.writeHead(200, { 'Content-Type': 'text/event-stream' });
  response.flushHeaders();
  readers.add(response);
  response.on('close', () => readers.delete(response));
});
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port));
const padding = 'x'.repeat(bytes);
setInterval(() => {
  const frame = Buffer.from(
    `event: positions\ndata: ${performance.timeOrigin + performance.now()} ${padding}\n\n`,
  );
  for (const reader of readers) reader.write(frame);
}, everyMs);
setTimeout(() => process.exit(0), forMs);
