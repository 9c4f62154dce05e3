/** The rest of the centre's work on one case of the demo: calls, the money, the station's order, the meeting, feedback. */
import type { ContactOutcome } from '#contract/kinds.ts';
import type { Random } from '#domain/random.ts';
import { unlessConflict } from './api.ts';
import { officersOf } from './officers.ts';
import type { EpisodePlan } from './plan.ts';
import type { Stage } from './stage.ts';

/** What of an episode this needs to know. */
export interface Case {
  readonly plan: EpisodePlan;
  readonly training: boolean;
  incidentId: string;
  over: boolean;
  metMs: number | null;
}

interface DispatchOrder {
  id: string;
  stationId: string;
  state: string;
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const zoneMs = 8 * hour;
const iso = (ms: number) => new Date(ms).toISOString();
/** Calls of a case; in a history fewer, for nobody listens. */
const mostCalls = { watched: 8, alone: 4 } as const;
/** Now and then somebody is slow: the clocks are there for that. */
const slowShare = 0.12;
const unanswered: readonly ContactOutcome[] = [
  'noAnswer',
  'noAnswer',
  'rejected',
  'rejected',
  'busy',
  'poweredOff',
];
const banks = ['农商行', '工商银行', '农业银行', '建设银行', '邮储银行', '中国银行'] as const;
const accountShare = 0.65;

/** The accounts that an alert names. The same case names the same ones. */
export function accountsOf(
  plan: EpisodePlan,
  random: Random,
): { bank: string; number: string; amount: number }[] {
  if (!random.chance(accountShare)) return [];
  const count = random.chance(0.25) ? 2 : 1;
  const digits = () => String(random.int(10 ** 9)).padStart(9, '0');
  return Array.from({ length: count }, () => ({
    bank: random.pick(banks),
    number: `6217${digits()}${digits().slice(0, 6)}`,
    amount: Math.round(plan.alert.amount / count / 100) * 100,
  }));
}

export class CasePlay {
  readonly #stage: Stage;
  readonly #case: Case;
  readonly #random: Random;
  readonly #accounts: ReturnType<typeof accountsOf>;
  #officers: string[] = [];
  #meetingId: string | null = null;
  readonly #answered = new Set<string>();

  constructor(stage: Stage, played: Case, random: Random, accounts: ReturnType<typeof accountsOf>) {
    this.#stage = stage;
    this.#case = played;
    this.#random = random;
    this.#accounts = accounts;
  }

  /** From the alert on. */
  begin(): void {
    this.#after(this.#slow([10, 100], [320, 600]), 'order acknowledged', () => this.#acknowledge());
    this.#after(this.#random.range(25, 70), 'call', () => this.#call(1));
    if (this.#random.chance(0.7))
      this.#after(this.#random.range(90, 240), 'family', () =>
        this.#contact('family', this.#random.chance(0.7) ? 'reached' : 'notReached'),
      );
    if (this.#accounts.length > 0)
      this.#after(this.#slow([50, 200], [540, 800]), 'stop-payment', () => this.#requestStops());
  }

  /** She stands before a crew, or came by appointment. @returns seconds until the case can be closed. */
  met(where: string): number {
    const refuses = this.#random.chance(0.15);
    const stepS = this.#case.training ? 25 : this.#random.range(40, 150);
    this.#after(10, 'meeting', () => this.#hold(where));
    for (let step = 1; step <= 5; step++)
      this.#after(20 + step * stepS, `step ${step}`, () => this.#step(step, !(refuses && step === 3)));
    const feedbackS = 20 + 6 * stepS + (this.#case.training ? 20 : this.#slow([60, 900], [1800, 3000]));
    this.#after(feedbackS, 'feedback', () => this.#feedback());
    return feedbackS + this.#random.range(30, 120);
  }

  /** A carrier or a camera has answered: the request that asked for it is done. */
  async traceAnswered(kind: string): Promise<void> {
    const askedOf = kind === 'camera' ? 'cameras' : 'carrier';
    if (this.#answered.has(askedOf)) return;
    this.#answered.add(askedOf);
    const path = `/api/incidents/${this.#case.incidentId}/trace-requests`;
    const { items } = await this.#stage.desk.trace.get<{
      items: { id: string; askedOf: string; state: string }[];
    }>(path);
    const request = items.find(each => each.askedOf === askedOf && each.state === 'sent');
    if (request)
      await unlessConflict(this.#stage.desk.trace.post(`/api/trace-requests/${request.id}/answer`, {}));
  }

  /** What came out only the next morning, whatever the case was closed with. */
  reportLater(outcome: string): void {
    const share = { metTooLate: 0.7, notMet: 0.35, met: 0.04 }[outcome] ?? 0;
    if (!this.#random.chance(share)) return;
    const now = this.#stage.now();
    const morning = Math.ceil((now + zoneMs) / day) * day - zoneMs + this.#random.range(8.5, 11) * hour;
    const caseFiled = this.#random.chance(0.6);
    this.#stage.script.at(morning, 'outcome', () =>
      this.#post(`/api/incidents/${this.#case.incidentId}/outcomes`, {
        reportedAt: iso(this.#stage.now()),
        transferredAfterAlert: true,
        lossAmount: Math.round((this.#case.plan.alert.amount * this.#random.range(0.2, 1)) / 100) * 100,
        caseFiled,
        ...(caseFiled && { caseNumber: `演示立〔2026〕${this.#random.int(9000) + 1000}号` }),
      }),
    );
  }

  async #acknowledge(): Promise<void> {
    const order = await this.#order();
    if (order?.state !== 'issued') return;
    await this.#post(`/api/orders/${order.id}/acknowledge`, {});
    this.#after(this.#random.range(15, 60), 'officers', () => this.#assign(order));
    this.#after(this.#slow([80, 300], [500, 900]), 'under way', () =>
      this.#post(`/api/orders/${order.id}/underWay`, {}),
    );
  }

  async #assign({ id, stationId }: DispatchOrder): Promise<void> {
    this.#officers = await officersOf(this.#stage, stationId, this.#random);
    if (this.#officers.length > 0)
      await this.#post(`/api/orders/${id}/assign`, { officerIds: this.#officers });
  }

  async #call(attempt: number): Promise<void> {
    if (this.#case.metMs !== null) return;
    await this.#contact('call', this.#random.pick(unanswered));
    const most = this.#stage.alone ? mostCalls.alone : mostCalls.watched;
    if (attempt < most) this.#after(this.#random.range(110, 260), 'call', () => this.#call(attempt + 1));
  }

  #contact(channel: 'call' | 'family', outcome: ContactOutcome): Promise<void> {
    const path = `/api/incidents/${this.#case.incidentId}/contacts`;
    return this.#post(path, { channel, outcome, at: iso(this.#stage.now()) });
  }

  async #requestStops(): Promise<void> {
    const path = `/api/incidents/${this.#case.incidentId}/stop-payments`;
    for (const { number, amount } of this.#accounts) {
      const { operator } = this.#stage.desk;
      const asked = await unlessConflict(
        operator.post<{ stopId: string }>(path, { account: number, amount }),
      );
      if (!asked) continue;
      const held = this.#random.chance(0.75)
        ? Math.round((amount * this.#random.range(0.3, 1)) / 100) * 100
        : null;
      this.#after(this.#slow([60, 240], [420, 700]), 'the bank answers', () =>
        held === null
          ? this.#post(`/api/stop-payments/${asked.stopId}/refuse`, {
              at: iso(this.#stage.now()),
              note: '账户余额不足',
            })
          : this.#post(`/api/stop-payments/${asked.stopId}/confirm`, {
              at: iso(this.#stage.now()),
              amountHeld: held,
            }),
      );
    }
  }

  async #hold(place: string): Promise<void> {
    const order = await this.#order();
    if (this.#officers.length === 0 && order)
      this.#officers = await officersOf(this.#stage, order.stationId, this.#random);
    if (this.#officers.length === 0) return;
    const body = { at: iso(this.#stage.now()), place, officers: this.#officers };
    const path = `/api/incidents/${this.#case.incidentId}/meetings`;
    const held = await unlessConflict(this.#stage.desk.leader.post<{ meetingId: string }>(path, body));
    this.#meetingId = held?.meetingId ?? null;
  }

  async #step(step: number, done: boolean): Promise<void> {
    if (this.#meetingId === null) return;
    await this.#post(
      `/api/meetings/${this.#meetingId}/steps/${step}`,
      done ? { done } : { done, refusal: 'refused' },
    );
    if (step < 5) return;
    const dueAt = iso(this.#stage.now() + this.#random.range(0.8, 2) * day);
    await this.#post(`/api/meetings/${this.#meetingId}/revisit`, { dueAt });
  }

  async #feedback(): Promise<void> {
    const order = await this.#order();
    if (order && order.state !== 'issued')
      await this.#post(`/api/orders/${order.id}/feedback`, {
        text: '已见面劝阻，当事人表示不再转账。',
        met: true,
      });
  }

  /** The newest order, which is the one that is open. */
  async #order(): Promise<DispatchOrder | undefined> {
    const path = `/api/incidents/${this.#case.incidentId}/orders`;
    const { items } = await this.#stage.desk.leader.get<{ items: DispatchOrder[] }>(path);
    return items.find(({ state }) => !['fedBack', 'handedOver', 'cancelled'].includes(state));
  }

  async #post(path: string, body: unknown): Promise<void> {
    await unlessConflict(this.#stage.desk.leader.post(path, body));
  }

  /** Mostly within the first span of seconds, now and then within the second. */
  #slow(usual: readonly [number, number], late: readonly [number, number]): number {
    return this.#random.range(...(this.#random.chance(slowShare) ? late : usual));
  }

  /** A step, dropped when the case is over by then. */
  #after(seconds: number, what: string, run: () => Promise<void> | void): void {
    this.#stage.script.at(
      this.#stage.now() + seconds * second,
      `${this.#case.plan.scenarioId}: ${what}`,
      () => (this.#case.over ? undefined : run()),
    );
  }
}
