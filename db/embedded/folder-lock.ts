import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { threadId } from 'node:worker_threads';

/** A claim on a folder: who holds it. `startedAt` tells a process from a later one with the same number. */
interface Claim {
  pid: number;
  threadId: number;
  host: string;
  startedAt: string;
}

/** The folder is in use, by another process or by another database object of this one. */
export class FolderInUse extends Error {
  readonly pid: number;
  constructor(folder: string, claim: Claim) {
    super(
      `The data folder ${folder} is in use by process ${claim.pid} on ${claim.host}. ` +
        'Two processes on one embedded database lose rows: stop the other one, choose another DATA_DIR, ' +
        'or set DATABASE_URL to share a PostgreSQL server.',
    );
    this.name = 'FolderInUse';
    this.pid = claim.pid;
  }
}

const HEARTBEAT_MS = 5_000;
/** A claim from another host (a container, say) cannot be checked by its process number, only by its age. */
const FOREIGN_CLAIM_EXPIRES_MS = 30_000;
const ATTEMPTS = 5;
const heldByThisThread = new Set<string>();

/**
 * Takes the folder for this process, or throws FolderInUse naming the holder. Claims of dead processes are removed.
 * Every process writes a claim file of its own name first and looks for living others after that: whatever the order
 * of two processes, at least one sees the other, and no process ever removes a claim that may be alive. Two that see
 * each other both step back and try again after a random pause.
 * @returns a function that gives the folder back.
 */
export async function lockFolder(folder: string): Promise<() => void> {
  const path = resolve(folder);
  const own: Claim = { pid: process.pid, threadId, host: hostname(), startedAt: processStart(process.pid) };
  if (heldByThisThread.has(path)) throw new FolderInUse(path, own);
  const file = join(`${path}.lock`, fileName(own));
  for (let attempt = 1; ; attempt++) {
    writeClaim(file, own);
    const other = livingOther(file, own);
    if (!other) return hold(path, file, own);
    rmSync(file, { force: true });
    if (attempt === ATTEMPTS) throw new FolderInUse(path, other);
    await sleep(20 + Math.random() * 80 * attempt);
  }
}

function hold(path: string, file: string, own: Claim): () => void {
  heldByThisThread.add(path);
  const heartbeat = setInterval(() => beat(file, own), HEARTBEAT_MS).unref();
  const release = () => {
    clearInterval(heartbeat);
    rmSync(file, { force: true });
    heldByThisThread.delete(path);
    process.off('exit', release);
  };
  process.once('exit', release);
  return release;
}

/** A full disk must not end the process here: on this host the claim holds without a heartbeat. */
function beat(file: string, own: Claim): void {
  try {
    writeClaim(file, own);
  } catch {
    // The next beat tries again.
  }
}

/** By rename, so that nobody ever reads half a claim; the new file's time is the heartbeat. */
function writeClaim(file: string, claim: Claim): void {
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.draft`;
  writeFileSync(draft, JSON.stringify(claim));
  renameSync(draft, file);
}

function livingOther(ownFile: string, own: Claim): Claim | undefined {
  const folder = dirname(ownFile);
  for (const name of readdirSync(folder)) {
    if (name === basename(ownFile) || !name.endsWith('.json')) continue;
    const file = join(folder, name);
    const claim = readClaim(file);
    if (!claim) continue;
    if (isAlive(claim, own) && !isExpired(claim, file, own, ownFile)) return claim;
    rmSync(file, { force: true });
  }
  return undefined;
}

/** Undefined: given back meanwhile. */
function readClaim(file: string): Claim | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Claim;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function isAlive(claim: Claim, own: Claim): boolean {
  if (claim.host !== own.host) return true;
  try {
    process.kill(claim.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return processStart(claim.pid) === claim.startedAt;
}

/** Ages are compared by the file system's own times: hosts that share a folder need not agree on the hour. */
function isExpired(claim: Claim, file: string, own: Claim, ownFile: string): boolean {
  if (claim.host === own.host) return false;
  const theirs = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return statSync(ownFile).mtimeMs - theirs > FOREIGN_CLAIM_EXPIRES_MS;
}

const fileName = (claim: Claim) =>
  `${claim.host}-${claim.pid}-${claim.threadId}-${claim.startedAt.replaceAll(/\W+/g, '')}.json`;

/**
 * When a process started: the boot, and clock ticks since (field 22 of /proc/PID/stat, counted after the command's
 * closing parenthesis). Empty where there is no /proc; the process number alone decides then.
 */
function processStart(pid: number): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return `${boot}:${stat.slice(stat.lastIndexOf(') ') + 2).split(' ')[19]}`;
  } catch {
    return '';
  }
}
