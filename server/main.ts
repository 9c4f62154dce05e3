/** `npm start`: configuration, start, signals. */
import { FolderInUse } from '../db/embedded/folder-lock.ts';
import { DatabaseUnavailable, DatabaseUnsuitable } from '../db/errors.ts';
import { systemClock } from './clock.ts';
import { ConfigError, helpText, readConfig } from './config.ts';
import { createLog } from './log.ts';
import { RoadFileError } from '#road/file.ts';
import { RegionError } from './region/error.ts';
import { DemoRefused } from './setup/demo.ts';
import { startServer } from './start.ts';

const say = (line: string) => console.log(line);

/** What the person who starts the server can do something about: one line, no stack. */
function explain(error: unknown): string | undefined {
  const known = [ConfigError, DemoRefused, FolderInUse, DatabaseUnavailable, DatabaseUnsuitable, RegionError];
  if (error instanceof RoadFileError) return `${error.message} Build the region again: npm run region`;
  if (known.some(type => error instanceof type)) return (error as Error).message;
  const { code, address, port, path } = error as NodeJS.ErrnoException & { address?: string; port?: number };
  if (code === 'EADDRINUSE')
    return `PORT: ${address}:${port} is in use by another program; choose another PORT (0 takes a free one)`;
  if (code === 'EACCES' && port !== undefined)
    return `PORT: not allowed to listen on ${port}; choose one above 1023`;
  if (code === 'EADDRNOTAVAIL') return `HOST: ${address} is no address of this machine`;
  if (code === 'ENOENT' && path !== undefined) return `file not found: ${path}`;
  return undefined;
}

async function main(): Promise<void> {
  if (process.argv.includes('--help') || process.argv.includes('-h')) return say(helpText());
  const config = readConfig();
  for (const name of config.notBuilt) say(`${name} is set, but is not built yet: it has no effect.`);
  const log = createLog(config.logLevel);
  say('Jianmian is starting');
  const server = await startServer({ config, clock: systemClock, log, say });
  say(`Ready: ${server.url}  (Ctrl-C stops)`);

  let stopping = false;
  const stop = async () => {
    // The second time means now.
    if (stopping) process.exit(1);
    stopping = true;
    say('Stopping');
    await server.close();
    say('Stopped');
    process.exit(0);
  };
  process.on('SIGINT', () => void stop());
  process.on('SIGTERM', () => void stop());
}

try {
  await main();
} catch (error) {
  const line = explain(error);
  if (line === undefined) throw error;
  console.error(line);
  process.exitCode = 1;
}
