import type { Role } from '#contract/incident.ts';

/** Roles whose work is at the desk; the others' pages come later. */
const deskRoles: readonly Role[] = ['operator', 'leader', 'trace', 'station', 'field', 'analyst'];

export const hasDesk = (role: Role) => deskRoles.includes(role);

/** Where a role starts. Those without a page of their own yet are told so. */
export function homePath(role: Role): string {
  if (role === 'wall' || role === 'field' || role === 'station') return `/${role}`;
  return hasDesk(role) ? '/desk' : `/${role === 'auditor' ? 'audit' : 'admin'}`;
}
