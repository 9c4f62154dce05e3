/** The rest of the day: alerts of lower risk now and then, each cleared after a while. */
import type { Random } from '#domain/random.ts';
import { inventPerson } from './people.ts';
import type { Stage } from './story.ts';

const minute = 60_000;
const scams = ['rebate', 'investment', 'customerService', 'loan', 'romance', 'acquaintance'] as const;
const sources = ['省级反诈平台', '国家反诈大数据平台', '96110', '农商行'];
const risks = ['high', 'medium', 'medium', 'low'] as const;

interface IncidentItem {
  id: string;
  openedAt: string;
}

/** Closes what an earlier run of the demo left open, so that the board shows today. */
export async function clearLeftovers(stage: Stage): Promise<void> {
  const { items } = await stage.desk.leader.get<{ items: IncidentItem[] }>(
    '/api/incidents?state=open&limit=200',
  );
  for (const incident of items)
    if (stage.now() - Date.parse(incident.openedAt) > 5 * minute)
      await stage.desk.leader.post(`/api/incidents/${incident.id}/close`, {
        outcome: 'met',
        note: '演示：上次运行遗留',
      });
}

/** Some open work at once, then one more alert every four to eight minutes. */
export function playOrdinaryDay(stage: Stage): void {
  const random = stage.random.fork('ordinary');
  for (const agoMin of [26, 17, 9, 3])
    stage.script.at(stage.now(), 'earlier alert', () => raise(stage, random, agoMin));
  const next = (): void =>
    stage.script.at(stage.now() + random.range(4, 8) * minute, 'ordinary alert', async () => {
      next();
      await raise(stage, random, 0);
    });
  next();
}

async function raise(stage: Stage, random: Random, agoMin: number): Promise<void> {
  const homes = stage.region.places.filter(place => place.kind === 'residence');
  const home = random.pick(homes.length > 0 ? homes : stage.region.places);
  const { incidentId } = await stage.desk.platform({
    source: random.pick(sources),
    receivedAt: new Date(stage.now() - agoMin * minute).toISOString(),
    risk: random.pick(risks),
    scamType: random.pick(scams),
    subject: {
      ...inventPerson(random),
      address: home.address ?? home.name,
      home: { lng: home.position[0], lat: home.position[1] },
    },
    amount: Math.round(random.range(2, 90)) * 1000,
  });
  stage.script.at(stage.now() + random.range(10, 25) * minute, 'ordinary alert cleared', () =>
    stage.desk.leader.post(`/api/incidents/${incidentId}/close`, { outcome: 'met', note: '已见面劝阻' }),
  );
}
