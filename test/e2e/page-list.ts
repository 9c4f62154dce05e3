/** Every page of the product with the role that looks at it here; `:incident`, `:stop` and `:station` are ones that exist. */
import type { Role } from '#contract/incident.ts';

export const pagesOf: Partial<Record<Role, readonly string[]>> = {
  wall: ['/wall'],
  leader: [
    '/desk',
    '/desk/:incident',
    '/handover',
    '/today',
    '/letter/:stop',
    '/admin/roster',
    '/admin/roads',
    '/admin/clocks',
    '/admin/priors',
    '/admin/banks',
    '/admin/checks',
    '/admin/upward',
    '/admin/glass',
    '/account',
  ],
  field: ['/field'],
  analyst: ['/replay', '/replay/:incident', '/replay/:incident/report', '/reports', '/calibration'],
  station: ['/station'],
  auditor: ['/audit', '/audit/lookers', '/audit/unusual', '/audit/days'],
  admin: ['/admin/layers', '/admin/users', '/admin/devices', '/admin/retention'],
};
