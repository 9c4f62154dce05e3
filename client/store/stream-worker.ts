/** The SharedWorker: one stream for all windows of this browser, so that two screens do not use up the six connections of HTTP/1.1. */
import { createBrowserHub } from './browser-hub.ts';
import type { ToHub } from './messages.ts';

const hub = createBrowserHub();

globalThis.addEventListener('connect', connection => {
  const port = (connection as MessageEvent).ports[0];
  if (!port) return;
  port.addEventListener('message', (message: MessageEvent<ToHub>) => hub.receive(port, message.data));
  port.start();
});
