import { signIn, type SimSession } from './api.ts';
import type { DeviceMemory } from './fleet.ts';
import type { Desk } from './story.ts';

const gatewayKey = 'platform-gateway';

/** The people of the demo at their desks, and the platform that sends alerts through a gateway's token. */
export async function openDesk(baseUrl: string, memory: DeviceMemory, nowMs: number): Promise<Desk> {
  const [operator, leader, trace] = await Promise.all(
    ['operator', 'leader', 'trace'].map(user => signIn(baseUrl, user, 'demo')),
  );
  const token = await gatewayToken(leader!, memory, nowMs);
  return {
    operator: operator!,
    leader: leader!,
    trace: trace!,
    platform: async alert => {
      const response = await fetch(`${baseUrl}/api/alerts`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify(alert),
        signal: AbortSignal.timeout(20_000),
      });
      if (!response.ok)
        throw new Error(`POST /api/alerts answered ${response.status}: ${await response.text()}`);
      return (await response.json()) as { alertId: string; incidentId: string };
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
