import { signIn, type SimSession, withToken } from './api.ts';
import type { DeviceMemory } from './fleet.ts';
import type { Desk } from './stage.ts';

const gatewayKey = 'platform-gateway';
/** Positions of one request. */
const mostAtOnce = 5000;

/** The people of the demo at their desks, and the platform that sends alerts through a gateway's token. */
export async function openDesk(baseUrl: string, memory: DeviceMemory, nowMs: number): Promise<Desk> {
  const [operator, leader, trace] = await Promise.all(
    ['operator', 'leader', 'trace'].map(user => signIn(baseUrl, user, 'demo')),
  );
  const gateway = withToken(baseUrl, await gatewayToken(leader!, memory, nowMs));
  return {
    operator: operator!,
    leader: leader!,
    trace: trace!,
    platform: alert => gateway.post('/api/alerts', alert),
    gateway: async positions => {
      for (let from = 0; from < positions.length; from += mostAtOnce)
        await gateway.post('/feeds/positions', positions.slice(from, from + mostAtOnce));
    },
  };
}

async function gatewayToken(leader: SimSession, memory: DeviceMemory, nowMs: number): Promise<string> {
  const records = memory.load();
  const known = records[gatewayKey];
  if (known) return known.token;
  const identifier = `platform-${nowMs.toString(36)}`;
  const { token } = await leader.post<{ token: string }>('/api/devices', {
    protocol: 'gateway',
    identifier,
    crs: 'wgs84',
  });
  memory.save({ ...records, [gatewayKey]: { identifier, protocol: 'positions', token } });
  return token;
}
