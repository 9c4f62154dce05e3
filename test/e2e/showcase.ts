/**
 * A centre in the middle of its day, the same each time: the real server over a synthetic county, with a clock that
 * stands still between the steps of the story. For what looks at pages and must see the same picture again.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { Role } from '#contract/incident.ts';
import { DemoClock } from '../../server/clock.ts';
import { readConfig } from '../../server/config.ts';
import { createLog } from '../../server/log.ts';
import { type RunningServer, startServer } from '../../server/start.ts';
import { password, type Place, region } from './centre.ts';
import { type Caller, caller, firstAdministrator, newUser, type Person } from './people.ts';

const second = 1000;
const minute = 60 * second;
/** Monday 14:00 in Shanghai. */
const start = '2026-11-23T06:00:00.000Z';

const accounts: Record<Exclude<Role, 'admin'>, string> = {
  wall: '大屏',
  operator: '林晓',
  leader: '周正',
  trace: '孙颖',
  station: '李建军',
  field: '何勇',
  analyst: '吴敏',
  auditor: '郑岚',
};

interface Station {
  id: string;
  position: { lng: number; lat: number };
}

export interface Showcase {
  readonly baseUrl: string;
  readonly clock: DemoClock;
  readonly incidentId: string;
  readonly stopId: string;
  readonly stationId: string;
  readonly people: Record<Role, Person>;
  /** A signed-in page of that role's, in a context of its own. */
  open(browser: Browser, role: Role, options?: BrowserContextOptions): Promise<Page>;
  close(): Promise<void>;
}

/** Brings the day up to 14:18: three alerts, one of them an extra-high one with its lines, money and order under way. */
export async function openShowcase(): Promise<Showcase> {
  const dataDir = await mkdtemp(join(tmpdir(), 'jianmian-showcase-'));
  await region(dataDir, 'synth', '--seed', '3', '--population', '20000');
  const clock = DemoClock.create(Date.parse(start));
  clock.setRate(0);
  let said = '';
  const server: RunningServer = await startServer({
    config: readConfig({
      DATA_DIR: dataDir,
      PORT: '0',
      DEMO: '0',
      SECOND_FACTOR_ROLES: 'none',
      LOG_LEVEL: 'error',
    }),
    clock,
    log: createLog('error'),
    say: line => {
      said += `${line}\n`;
    },
  });
  const baseUrl = server.url;
  const admin = await firstAdministrator({ baseUrl, output: () => said }, password);
  const stations = await listOf<Station>(admin, '/api/stations');
  const stationId = stations[0]!.id;
  const people = { admin } as Record<Role, Person>;
  for (const [role, displayName] of Object.entries(accounts) as [Exclude<Role, 'admin'>, string][]) {
    const local = role === 'station' || role === 'field';
    const user = { username: role, displayName, role, ...(local && { stationId }) };
    people[role] = await newUser(baseUrl, admin, user, password);
  }
  const story = new Story(people, clock, baseUrl, stations);
  await story.raiseUnits();
  const told = await story.tell();
  return {
    baseUrl,
    clock,
    ...told,
    stationId,
    people,
    open: async (browser, role, options = {}) => {
      const context = await browser.newContext(options);
      const value = /jm=([^;]+)/.exec(people[role].cookie)![1]!;
      await context.addCookies([{ name: 'jm', value, url: baseUrl }]);
      return context.newPage();
    },
    close: async () => {
      await server.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

const listOf = async <T>(who: Caller, path: string): Promise<T[]> =>
  (await who.call<{ items: T[] }>('GET', path)).items;

class Story {
  readonly #people: Record<Role, Person>;
  readonly #clock: DemoClock;
  readonly #baseUrl: string;
  readonly #stations: Station[];
  #gateway!: Caller;
  #homes: Place[] = [];
  #units: string[] = [];

  constructor(people: Record<Role, Person>, clock: DemoClock, baseUrl: string, stations: Station[]) {
    this.#people = people;
    this.#clock = clock;
    this.#baseUrl = baseUrl;
    this.#stations = stations;
  }

  /** Two crews and two officers at each of the first three stations, standing at places of the county. */
  async raiseUnits(): Promise<void> {
    const { leader } = this.#people;
    const { token } = await leader.call<{ token: string }>('POST', '/api/devices', {
      protocol: 'gateway',
      identifier: 'showcase',
      crs: 'wgs84',
    });
    this.#gateway = caller(this.#baseUrl, { authorization: `Bearer ${token}` });
    this.#homes = await listOf<Place>(leader, '/api/places?kind=residence&limit=40');
    for (const [at, { id: stationId }] of this.#stations.slice(0, 3).entries())
      for (const n of [1, 2]) {
        const body = { callsign: `${at + 1}所-${n}`, kind: n === 1 ? 'car' : 'motorcycle', stationId };
        const crew = { sworn: 1, auxiliary: n };
        this.#units.push((await leader.call<{ id: string }>('POST', '/api/units', { ...body, crew })).id);
        const badgeNumber = `0530${at}${n}`;
        const name = `警员${at + 1}${n}`;
        await leader.call('POST', '/api/officers', { name, badgeNumber, sworn: n === 1, stationId });
      }
    await this.#report();
  }

  async #report(): Promise<void> {
    const fixes = this.#units.map((unitId, i) => ({
      unitId,
      observedAt: this.#at(0),
      ...this.#homes[(3 + i * 5) % this.#homes.length]!.position,
      speedMps: 0,
    }));
    await this.#gateway.call('POST', '/feeds/positions', fixes);
  }

  #pass(ms: number): void {
    this.#clock.jumpTo(this.#clock.now() + ms);
  }

  #at(msAgo: number): string {
    return new Date(this.#clock.now() - msAgo).toISOString();
  }

  async #alert(
    n: number,
    more: object,
    subject: { name: string; phone: string },
    at: number,
  ): Promise<string> {
    const home = this.#homes[at]!;
    const body = { externalId: `YJ-${n}`, source: '省级反诈平台', ...more };
    const person = { ...subject, address: home.name, home: home.position };
    return (
      await this.#gateway.call<{ incidentId: string }>('POST', '/api/alerts', { ...body, subject: person })
    ).incidentId;
  }

  /** Resolves the ids of the extra-high incident and of its stop-payment. */
  async tell(): Promise<{ incidentId: string; stopId: string }> {
    const { leader, operator } = this.#people;
    await this.#alert(
      1,
      { risk: 'medium', scamType: 'loan', amount: 30_000 },
      { name: '王建国', phone: '19900000011' },
      5,
    );
    this.#pass(6 * minute);
    await this.#alert(
      2,
      { risk: 'high', scamType: 'rebate', amount: 56_000 },
      { name: '陈秀英', phone: '19900000012' },
      12,
    );
    this.#pass(5 * minute);
    const incidentId = await this.#alert(
      3,
      {
        risk: 'extraHigh',
        scamType: 'fakePolice',
        amount: 180_000,
        accounts: [{ bank: '农业银行', number: '6217000011112222333', amount: 180_000 }],
      },
      { name: '赵秀兰', phone: '19900000013' },
      0,
    );
    const incident = `/api/incidents/${incidentId}`;
    this.#pass(50 * second);
    for (const userId of ['leader', 'trace', 'operator'])
      await leader.call('POST', `${incident}/members`, { userId });
    const calls = [
      ['noAnswer', 90],
      ['rejected', 60],
    ] as const;
    for (const [outcome, later] of calls) {
      await operator.call('POST', `${incident}/contacts`, { channel: 'call', outcome, at: this.#at(0) });
      this.#pass(later * second);
    }
    const money = { account: '6217000011112222333', amount: 180_000 };
    const { stopId } = await operator.call<{ stopId: string }>('POST', `${incident}/stop-payments`, money);
    this.#pass(2 * minute);
    await this.#report();
    this.#pass(20 * second);
    return { incidentId, stopId };
  }
}
