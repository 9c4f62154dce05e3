/** The real server in a process of its own, started and stopped as a user would. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface ServerUnderTest {
  baseUrl: string;
  pid: number;
  /** Everything it has printed so far. */
  output(): string;
  /** Ctrl-C; resolves the exit code. */
  stop(): Promise<number | null>;
  /** kill -9. */
  kill(): Promise<void>;
}

export interface ServerOptions {
  dataDir: string;
  databaseUrl?: string;
  demo?: boolean;
  /** Days that a new demo begins with. */
  demoHistoryDays?: number;
  port?: number;
  /** Roles that must have a second factor; default: none, which spares most tests the ceremony. */
  secondFactorRoles?: string;
}

const clean = (): Record<string, string> => {
  const { DATABASE_URL: _, DATA_DIR: __, DEMO: ___, PORT: ____, ...rest } = process.env;
  return rest as Record<string, string>;
};

/** Starts `server/main.ts` and waits until it says where it listens. Rejects with its output when it ends before. */
export async function startServer(options: ServerOptions): Promise<ServerUnderTest> {
  const child = spawn(process.execPath, ['server/main.ts'], {
    cwd: root,
    env: {
      ...clean(),
      DATA_DIR: options.dataDir,
      PORT: String(options.port ?? 0),
      DEMO: options.demo ? '1' : '0',
      SECOND_FACTOR_ROLES: options.secondFactorRoles ?? 'none',
      DEMO_HISTORY: String(options.demoHistoryDays ?? 0),
      ...(options.databaseUrl && { DATABASE_URL: options.databaseUrl }),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const baseUrl = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      const address = /https?:\/\/(?:127\.0\.0\.1|localhost):\d+/.exec(output);
      if (address) resolve(address[0]);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', code =>
      reject(new Error(`the server ended with code ${code} before it listened:\n${output}`)),
    );
  });
  return {
    baseUrl,
    pid: child.pid!,
    output: () => output,
    stop: () => end(child, 'SIGINT'),
    kill: async () => void (await end(child, 'SIGKILL')),
  };
}

async function end(child: ChildProcess, signal: 'SIGINT' | 'SIGKILL'): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
  return child.exitCode;
}
