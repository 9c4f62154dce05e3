/** A command of `server/cli`, run as its npm script runs it. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface Ran {
  code: number;
  out: string;
  err: string;
}

/** Runs `server/cli/NAME.ts` in an environment without the caller's own database. */
export function runCommand(name: string, env: Record<string, string>, ...args: string[]): Promise<Ran> {
  const script = fileURLToPath(new URL(`../../server/cli/${name}.ts`, import.meta.url));
  const { DATABASE_URL: _, DATA_DIR: __, ...rest } = process.env;
  return new Promise(resolve => {
    execFile(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', script, ...args],
      { env: { ...rest, LOG_LEVEL: 'silent', ...env } },
      (error, out, err) => resolve({ code: error ? Number(error.code) : 0, out, err }),
    );
  });
}
