/** `npm run rescue -- USER`: lets an administrator in again who has lost password, telephone and recovery codes. */
import { parseArgs } from 'node:util';
import { userByUsername } from '../../db/queries/user-by-username.ts';
import type { ServiceDeps } from '../deps.ts';
import { resetPassword } from '../services/user/reset-password.ts';
import { resetSecondFactor } from '../services/user/reset-second-factor.ts';
import type { Call } from '../services/unit-of-work.ts';
import { explained, NotDone, withServices } from './with-services.ts';

const USAGE = `Gives an administrator's account a one-time password and takes its second factors away, when nobody else could. Whoever may
run this already holds the whole database; the audit keeps that it was done.

  npm run rescue -- USERNAME

The database is DATABASE_URL's, or the embedded one in DATA_DIR (./data), whose server must not be running.
Exit codes: 0 done, 2 it could not be done.`;

const call: Call = { actor: { kind: 'system', name: 'setup' } };

async function rescue(deps: ServiceDeps, username: string): Promise<void> {
  const user = await deps.database.read(tx => userByUsername(tx, username));
  if (!user) throw new NotDone(`there is no user ${username} in use`);
  if (user.role !== 'admin')
    throw new NotDone(
      `${username} is no administrator; an administrator resets other accounts at /admin/users`,
    );
  await resetSecondFactor(deps, call, user.id);
  const { password } = await resetPassword(deps, call, user.id);
  console.log(`one-time password of ${username}, shown only this once: ${password}`);
}

function readUsername(): string {
  const { positionals } = parseArgs({ allowPositionals: true, options: {} });
  const [username, ...rest] = positionals;
  if (username === undefined || rest.length > 0) throw new NotDone(`expected one user name\n\n${USAGE}`);
  return username;
}

try {
  if (process.argv.includes('--help')) console.log(USAGE);
  else {
    const username = readUsername();
    await withServices(deps => rescue(deps, username));
  }
} catch (error) {
  const line = explained(error, USAGE);
  if (line === undefined) throw error;
  console.error(`rescue: ${line}`);
  process.exitCode = 2;
}
