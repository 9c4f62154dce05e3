import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { appendFile, chown, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

/*
 * A private PostgreSQL with PostGIS for trying out, tests and benchmarks, from the binaries that Debian's package
 * postgresql-NN-postgis-3 installs. It listens on loopback only, with a password made for it, and is nobody else's.
 */

export interface ClusterOptions {
  /** Folder of the cluster; kept between starts. */
  folder: string;
  /** Off for tests: faster, and as safe against a crash of PostgreSQL alone. Default on. */
  fsync?: boolean | undefined;
}

export interface Cluster {
  /** Of the database 'jianmian', as the owner. */
  databaseUrl: string;
  port: number;
  folder: string;
  /** True when this call started it. */
  started: boolean;
  /** Kills the postmaster with SIGKILL: what a crash of the database looks like. */
  crash(): Promise<void>;
  /** Starts again after `crash` or `stop`, on the same port. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** PostgreSQL's programs are not on this machine. */
export class PostgresMissing extends Error {}

/** What is written beside the cluster so that a later call finds it. */
interface Saved {
  port: number;
  password: string;
  /** Where the cluster really is: not always in the wanted folder (see `home`). */
  home: string;
}

const OWNER = 'jianmian';
const DATABASE = 'jianmian';
const START_ATTEMPTS = 40;
const run = promisify(execFile);

/** Folder of the newest installed PostgreSQL's programs, or undefined. */
export function postgresPrograms(root = '/usr/lib/postgresql'): string | undefined {
  if (!existsSync(root)) return undefined;
  return readdirSync(root)
    .toSorted((a, b) => Number(b) - Number(a))
    .map(version => join(root, version, 'bin'))
    .find(folder => existsSync(join(folder, 'initdb')));
}

/**
 * Starts the cluster in `folder`, makes it first when it is not there, and does nothing when it runs.
 * @throws PostgresMissing, or an Error with the end of PostgreSQL's own log.
 */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const programs = postgresPrograms();
  if (!programs)
    throw new PostgresMissing(
      'PostgreSQL is not installed; on Debian: apt-get install postgresql-15-postgis-3',
    );
  const folder = resolve(options.folder);
  const account = await unprivilegedAccount();
  await mkdir(folder, { recursive: true });
  const control = new ClusterControl(
    programs,
    account,
    (await readSaved(folder)) ?? (await newCluster(folder, account)),
  );
  await control.initialise(options.fsync ?? true);
  const started = !(await control.isRunning());
  if (started) await control.start();
  await writeSaved(folder, control.saved);
  await control.ensureDatabase();
  return {
    databaseUrl: control.url(DATABASE),
    port: control.saved.port,
    folder,
    started,
    crash: () => control.crash(),
    restart: () => control.start(),
    stop: () => control.stop(),
  };
}

/** Stops the cluster in `folder`; with `remove` deletes it. @returns false when none was running. */
export async function stopCluster(folder: string, { remove = false } = {}): Promise<boolean> {
  const programs = postgresPrograms();
  const saved = await readSaved(resolve(folder));
  if (!programs || !saved) return false;
  const control = new ClusterControl(programs, await unprivilegedAccount(), saved);
  const running = await control.isRunning();
  if (running) await control.stop();
  if (remove) {
    await rm(saved.home, { recursive: true, force: true });
    await rm(resolve(folder), { recursive: true, force: true });
  }
  return running;
}

/** PostgreSQL refuses to run as root: root runs it as 'postgres', anybody else as himself. */
interface Account {
  uid: number;
  gid: number;
}

async function unprivilegedAccount(): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const line = (await readFile('/etc/passwd', 'utf8'))
    .split('\n')
    .find(entry => entry.startsWith('postgres:'));
  const [, , uid, gid] = line?.split(':') ?? [];
  if (!uid || !gid)
    throw new Error("PostgreSQL cannot run as root, and there is no user 'postgres' to run it as");
  return { uid: Number(uid), gid: Number(gid) };
}

class ClusterControl {
  readonly saved: Saved;
  readonly #programs: string;
  readonly #account: Account | undefined;

  constructor(programs: string, account: Account | undefined, saved: Saved) {
    this.#programs = programs;
    this.#account = account;
    this.saved = saved;
  }

  get #data(): string {
    return join(this.saved.home, 'data');
  }
  get #log(): string {
    return join(this.saved.home, 'postgresql.log');
  }

  url(database: string): string {
    return `postgres://${OWNER}:${this.saved.password}@127.0.0.1:${this.saved.port}/${database}`;
  }

  async initialise(fsync: boolean): Promise<void> {
    if (existsSync(join(this.#data, 'PG_VERSION'))) return;
    await mkdir(this.saved.home, { mode: 0o700 });
    if (this.#account) await chown(this.saved.home, this.#account.uid, this.#account.gid);
    const passwordFile = join(this.saved.home, 'password');
    await writeFile(passwordFile, this.saved.password, { mode: 0o600 });
    if (this.#account) await chown(passwordFile, this.#account.uid, this.#account.gid);
    const settings = [
      '--encoding=UTF8',
      '--locale=C.UTF-8',
      '--auth=scram-sha-256',
      `--pwfile=${passwordFile}`,
    ];
    await this.#program('initdb', ['-D', this.#data, '-U', OWNER, '--no-sync', ...settings]);
    await rm(passwordFile);
    const lines = ["listen_addresses = '127.0.0.1'", "unix_socket_directories = ''", 'max_connections = 60'];
    if (!fsync) lines.push('fsync = off', 'full_page_writes = off');
    await appendFile(join(this.#data, 'postgresql.conf'), `${lines.join('\n')}\n`);
  }

  async isRunning(): Promise<boolean> {
    return this.#program('pg_ctl', ['status', '-D', this.#data]).then(
      () => true,
      () => false,
    );
  }

  /** After a crash the old processes may hold their shared memory for a moment: tries again. */
  async start(): Promise<void> {
    this.saved.port = await freePort(this.saved.port);
    const args = ['start', '-w', '-D', this.#data, '-l', this.#log, '-o', `-p ${this.saved.port}`];
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#program('pg_ctl', args);
      } catch (error) {
        if (attempt === START_ATTEMPTS) throw await this.#explain(error);
        await sleep(100);
      }
    }
  }

  async stop(): Promise<void> {
    await this.#program('pg_ctl', ['stop', '-w', '-m', 'fast', '-D', this.#data]);
  }

  async crash(): Promise<void> {
    const pid = Number((await readFile(join(this.#data, 'postmaster.pid'), 'utf8')).split('\n')[0]);
    process.kill(pid, 'SIGKILL');
    while (await this.isRunning()) await sleep(20);
  }

  async ensureDatabase(): Promise<void> {
    const { default: pg } = await import('pg');
    const client = new pg.Client({ connectionString: this.url('postgres') });
    await client.connect();
    try {
      const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE]);
      if (rowCount === 0) await client.query(`create database ${DATABASE}`);
    } finally {
      await client.end();
    }
  }

  async #program(name: string, args: string[]): Promise<void> {
    // Its own working directory: the caller's may be closed to the account.
    await run(join(this.#programs, name), args, { ...this.#account, cwd: '/' });
  }

  async #explain(error: unknown): Promise<Error> {
    const log = await readFile(this.#log, 'utf8').catch(() => '');
    const end = log.split('\n').slice(-10).join('\n');
    return new Error(`PostgreSQL did not start; the end of its log:\n${end}`, { cause: error });
  }
}

async function newCluster(folder: string, account: Account | undefined): Promise<Saved> {
  const home = account && !(await canEnter(folder, account)) ? outsideHome(folder) : join(folder, 'cluster');
  await rm(home, { recursive: true, force: true });
  return { port: 0, password: randomBytes(18).toString('base64url'), home };
}

const outsideHome = (folder: string) =>
  join(tmpdir(), `jianmian-postgres-${createHash('sha256').update(folder).digest('hex').slice(0, 12)}`);

/** Whether the account may pass the folder and all above it: a checkout in root's home is closed to it. */
async function canEnter(folder: string, account: Account): Promise<boolean> {
  for (let parent = folder; ; parent = dirname(parent)) {
    const { uid, gid, mode } = await stat(parent);
    const enter = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
    if ((mode & enter) === 0) return false;
    if (parent === dirname(parent)) return true;
  }
}

const savedFile = (folder: string) => join(folder, 'cluster.json');

async function readSaved(folder: string): Promise<Saved | undefined> {
  const text = await readFile(savedFile(folder), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as Saved);
}

async function writeSaved(folder: string, saved: Saved): Promise<void> {
  await writeFile(savedFile(folder), JSON.stringify(saved), { mode: 0o600 });
}

/** The wanted port when it is free, else any. */
function freePort(wanted: number): Promise<number> {
  return new Promise((resolvePort, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' && wanted !== 0 ? resolvePort(freePort(0)) : reject(error),
    );
    server.listen(wanted, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolvePort(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
