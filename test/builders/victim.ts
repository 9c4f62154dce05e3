import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** A process of its own that is killed with SIGKILL and started again. Its script's first line of output tells that it works. */
export class Victim {
  /** The first line of the process that lives now. */
  said: string | undefined;
  readonly #command: readonly string[];
  #child: ChildProcess | undefined;

  /** `command`: Node's options, the script and its arguments. */
  constructor(...command: readonly string[]) {
    this.#command = command;
  }

  /** Resolves with its first line; rejects when it ends before. */
  async start(): Promise<string> {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...this.#command], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#child = child;
    const ended = once(child, 'exit').then(() => {
      throw new Error(`${this.#command.join(' ')} ended before it said anything`);
    });
    // Nobody waits for it once the process has spoken.
    ended.catch(() => undefined);
    const [line] = (await Promise.race([once(child.stdout, 'data'), ended])) as [Buffer];
    return (this.said = String(line).trim());
  }

  /** Ends it as a power cut would, and waits until it is gone. */
  async kill(): Promise<void> {
    this.said = undefined;
    if (!this.#child || this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exited = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await exited;
  }
}
