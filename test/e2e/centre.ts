/** A bureau at work, made through the public interface alone: accounts, crews with devices, an incident with its authority. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Caller, caller, firstAdministrator, newUser } from './people.ts';
import type { ServerUnderTest } from './server.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
export const password = 'a long enough passphrase';

/** `npm run region -- …` into a data folder. */
export async function region(dataDir: string, ...args: string[]): Promise<void> {
  await promisify(execFile)(process.execPath, ['server/cli/region.ts', ...args, '--data-dir', dataDir], {
    cwd: root,
  });
}

export interface Place {
  id: string;
  name: string;
  kind: string;
  position: { lng: number; lat: number };
}

export interface Centre {
  leader: Caller & { cookie: string };
  trace: Caller & { cookie: string };
  operator: Caller & { cookie: string };
  /** Speaks for all units. */
  gateway: Caller;
}

/** The first administrator makes three accounts; the leader registers a gateway. */
export async function openCentre(server: Pick<ServerUnderTest, 'baseUrl' | 'output'>): Promise<Centre> {
  const admin = await firstAdministrator(server, password);
  const [leader, trace, operator] = await Promise.all(
    ['leader', 'trace', 'operator'].map(role =>
      newUser(server.baseUrl, admin, { username: role, displayName: role, role }, password),
    ),
  );
  const { token } = await leader!.call<{ token: string }>('POST', '/api/devices', {
    protocol: 'gateway',
    identifier: 'e2e-gateway',
    crs: 'wgs84',
  });
  const gateway = caller(server.baseUrl, { authorization: `Bearer ${token}` });
  return { leader: leader!, trace: trace!, operator: operator!, gateway };
}

/** An extra-high-risk alert at a place, with members and an authority that somebody else approved. */
export async function openIncident(centre: Centre, home: Place): Promise<string> {
  const { incidentId } = await centre.gateway.call<{ incidentId: string }>('POST', '/api/alerts', {
    externalId: 'e2e-1',
    source: '省级反诈平台',
    risk: 'extraHigh',
    scamType: 'fakePolice',
    subject: { name: '赵秀兰', phone: '199 0000 0001', address: home.name, home: home.position },
    amount: 180_000,
  });
  for (const userId of ['leader', 'trace', 'operator'])
    await centre.leader.call('POST', `/api/incidents/${incidentId}/members`, { userId });
  const { authorityId } = await centre.trace.call<{ authorityId: string }>(
    'POST',
    `/api/incidents/${incidentId}/authorities`,
    {
      number: '测〔2026〕1号',
      legalBasis: '《反电信网络诈骗法》',
      reason: '特高危预警，当事人失联',
      expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
    },
  );
  await centre.leader.call('POST', `/api/authorities/${authorityId}/approve`, {});
  return incidentId;
}

/** Three sector pings (the second one wrong and late), the husband's report, a camera hit. */
export async function recordSightings(centre: Centre, incidentId: string, home: Place): Promise<void> {
  const at = (minutesAgo: number) => new Date(Date.now() - minutesAgo * 60_000).toISOString();
  const near = (east: number, north: number) => ({
    lng: home.position.lng + east,
    lat: home.position.lat + north,
  });
  const bodies = [
    {
      kind: 'report',
      observedAt: at(9),
      source: '家属',
      credibility: 0.8,
      text: '丈夫称她半小时前驾车离家',
      departedAt: at(35),
      departedDoubtS: 300,
      byVehicle: true,
    },
    {
      kind: 'cell',
      observedAt: at(7),
      source: '运营商',
      site: near(0.004, 0.003),
      azimuthDeg: 40,
      beamwidthDeg: 65,
      rangeM: 900,
    },
    {
      kind: 'cell',
      observedAt: at(8),
      source: '运营商',
      site: near(-0.02, -0.01),
      azimuthDeg: 200,
      beamwidthDeg: 65,
      rangeM: 1200,
    },
    {
      kind: 'cell',
      observedAt: at(4),
      source: '运营商',
      site: near(0.012, 0.006),
      azimuthDeg: 80,
      beamwidthDeg: 65,
      rangeM: 1500,
      timingAdvance: 9,
    },
    {
      kind: 'camera',
      observedAt: at(3),
      source: '卡口',
      position: near(0.01, 0.002),
      headingDeg: 80,
      plate: '云A·D0001',
    },
  ];
  for (const body of bodies) await centre.trace.call('POST', `/api/incidents/${incidentId}/sightings`, body);
}
