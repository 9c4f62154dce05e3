import { sql } from 'drizzle-orm';
import { type Role, roles } from '#contract/incident.ts';
import { firstRow } from '../../db/queries/sql.ts';
import { hashPassword, oneTimePassword } from '../auth/password.ts';
import type { ServiceDeps } from '../deps.ts';
import { createUser } from '../services/user/create.ts';
import type { Call } from '../services/unit-of-work.ts';

const call: Call = { actor: { kind: 'system', name: 'setup' } };

const demoNames: Record<Role, string> = {
  wall: '指挥中心大屏',
  operator: '值守民警',
  leader: '值班长',
  trace: '合成作战岗',
  station: '茶口所值班民警',
  field: '茶口所外勤民警',
  analyst: '研判民警',
  auditor: '审计员',
  admin: '系统管理员',
};

/** Makes the demo's accounts, one a role, password `demo`, id and user name the role's. Those that are there stay. */
export async function createDemoAccounts(deps: ServiceDeps): Promise<void> {
  const found = await deps.database.read(async tx => ({
    taken: new Set((await tx.query.appUser.findMany({ columns: { id: true } })).map(user => user.id)),
    station: await firstRow<{ id: string }>(
      tx,
      sql`select id from station order by name not like '茶口%', name_en is distinct from 'Chakou', id limit 1`,
    ),
  }));
  const missing = roles.filter(role => !found.taken.has(role));
  if (missing.length === 0) return;
  const passwordHash = await hashPassword('demo');
  for (const role of missing) {
    const stationId = role === 'station' || role === 'field' ? (found.station?.id ?? null) : null;
    const displayName = demoNames[role];
    await createUser(deps, call, { id: role, username: role, displayName, role, stationId, passwordHash });
  }
}

/**
 * The first administrator of a real installation, with a password that nobody has seen before, that is shown once and
 * must be changed at the first sign-in.
 * Undefined when there are accounts already: there are no default ones.
 */
export async function createFirstAdministrator(
  deps: ServiceDeps,
): Promise<{ username: string; password: string } | undefined> {
  const someone = await deps.database.read(tx => tx.query.appUser.findFirst({ columns: { id: true } }));
  if (someone) return undefined;
  const password = oneTimePassword();
  await createUser(deps, call, {
    username: 'admin',
    displayName: '系统管理员',
    role: 'admin',
    passwordHash: await hashPassword(password),
    mustChangePassword: true,
  });
  return { username: 'admin', password };
}
