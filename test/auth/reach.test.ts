/** S6: who reads a case says for whom. A file that asks about cases and lets the system read must do so by name. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { roles } from '#contract/incident.ts';
import { rules } from '../../server/auth/policy.ts';
import { contextOf, listReach } from '../../server/auth/reach.ts';

const server = fileURLToPath(new URL('../../server', import.meta.url));
/** Queries whose rows are under row-level security. */
const caseQueries =
  /queries\/(loop\/[\w-]+|authority|belief|break-glass|full-subject|incident-access|incident-detail|list-incidents|sighting-\w+|task|wall-pin)\.ts'/;

describe('S6 contexts', () => {
  it('every route and service that reads cases outside a change names whose reach it is', () => {
    const silent = ['routes', 'services'].flatMap(folder =>
      readdirSync(join(server, folder), { recursive: true, encoding: 'utf8' })
        .filter(name => name.endsWith('.ts'))
        .map(name => join(folder, name))
        .filter(name => {
          const text = readFileSync(join(server, name), 'utf8');
          return (
            caseQueries.test(text) && /\.read\(/.test(text) && !/[cC]ontextOf\w*\(|, SYSTEM\)/.test(text)
          );
        }),
    );
    expect(
      silent,
      'give database.read a context: contextOf, lookContextOf, or SYSTEM with its reason',
    ).toEqual([]);
  });

  it('the database is told the same reach as the lists, for every role', () => {
    for (const role of roles) {
      for (const stationId of ['st-1', null]) {
        const actor = { kind: 'user', userId: 'u', username: 'u', role, stationId, sessionId: 's' } as const;
        const { settings } = contextOf(actor);
        expect(settings!['reach'], role).toBe(rules[role]['incident.read'] ?? 'none');
        if (settings!['reach'] === 'station')
          expect(listReach(actor, 'incident.read')).toEqual({
            stationId: settings!['station'] || null,
            userId: settings!['user'],
          });
      }
    }
  });

  it('nobody and nothing unnamed has a reach; a device has its unit’s tasks, a gateway what it hands in', () => {
    expect(contextOf({ kind: 'anonymous' }).settings).toEqual({});
    const device = { kind: 'device', deviceId: 'd', identifier: 'i', crs: 'wgs84' } as const;
    expect(contextOf({ ...device, unitId: 'unt_1', protocol: 'osmand' }).settings).toEqual({
      reach: 'none',
      unit: 'unt_1',
    });
    expect(contextOf({ ...device, unitId: null, protocol: 'gateway' }).settings).toEqual({
      reach: 'all',
      vault: 'on',
    });
  });
});
