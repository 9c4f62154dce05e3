/** One playing of a plan: the alert, what comes to light, the searches against the truth, the end. */
import type { TrainingResult } from '#contract/simulator.ts';
import type { IncidentOutcome } from '#contract/incident.ts';
import { isGrave } from '#domain/loop/request.ts';
import { distanceM } from '#road/geo.ts';
import { unlessConflict } from './api.ts';
import { type Autopilot, hintOf } from './autopilot.ts';
import { accountsOf, CasePlay } from './case-play.ts';
import type { Order } from './crew.ts';
import type { Evidence } from './evidence.ts';
import type { EpisodePlan } from './plan.ts';
import type { SearchTarget } from '#domain/detection.ts';
import { isWithin } from './search.ts';
import type { Stage } from './stage.ts';
import type { LngLat } from './travel.ts';
import { type TrueState, truthAt } from './truth.ts';
import type { SimUnit } from './unit.ts';

type Ending = TrainingResult['ending'];

interface EpisodeOptions {
  training: boolean;
  /** Without one an alert is the station's daily work: no trace, a crew at the door. */
  traced: boolean;
  /** Told once, when it is over for the simulator; the incident is closed by then. */
  onOver?(episode: Episode): void;
}

const second = 1000;
const minute = 60 * second;
const joinAfterS = 3;
const requestAfterS = [6, 28] as const;
const approveAfterS = [8, 34] as const;
/** After the meeting the leader who trains has so long to close the incident before the simulator does. */
const closingS = 300;
/** The record of an earlier moment is still given out so long after it. */
const recordKeptS = 900;
const position = ([lng, lat]: LngLat) => ({ lng, lat });
const iso = (ms: number) => new Date(ms).toISOString();

export class Episode {
  readonly plan: EpisodePlan;
  readonly startMs: number;
  readonly training: boolean;
  incidentId = '';
  /** Somebody at the desk has given an order, or it is a training. */
  humanLeads: boolean;
  over = false;
  ending: Ending | null = null;
  metMs: number | null = null;
  drivenM = 0;
  readonly #stage: Stage;
  readonly #options: EpisodeOptions;
  #autopilot: Autopilot | null = null;
  #approvedMs: number | null = null;
  readonly #attempts = new Map<string, number>();
  readonly #accounts: ReturnType<typeof accountsOf>;
  readonly #work: CasePlay;

  constructor(stage: Stage, plan: EpisodePlan, options: EpisodeOptions) {
    this.#stage = stage;
    this.plan = plan;
    this.#options = options;
    this.training = options.training;
    this.humanLeads = options.training;
    this.startMs = stage.now();
    this.#accounts = accountsOf(plan, this.#random('accounts'));
    this.#work = new CasePlay(stage, this, this.#random('case'), this.#accounts);
  }

  /** Hands in the alert; the rest follows by itself. */
  async start(autopilot: Autopilot | null): Promise<void> {
    const { alert, person, home, seed, scenarioId, horizonS, evidence } = this.plan;
    const { address, ...said } = alert;
    const { incidentId } = await this.#stage.desk.platform({
      ...said,
      ...(this.#accounts.length > 0 && { accounts: this.#accounts }),
      externalId: `demo-${scenarioId}-${seed}-${this.startMs.toString(36)}`,
      source: '省级反诈平台',
      receivedAt: iso(this.startMs),
      subject: { ...person, address, home: position(home.position) },
    });
    this.incidentId = incidentId;
    this.#stage.episodes.set(incidentId, this);
    this.#autopilot = autopilot;
    autopilot?.begin(this);
    this.#work.begin();
    // What is prepared for a grave alert is asked for, whether or not her trace is needed in the end.
    if (this.#options.traced || isGrave(alert.risk))
      this.#after(joinAfterS, 'members and authority', () => this.#authorise());
    for (const item of evidence.filter(each => !each.needsAuthority))
      this.#atS(item.askedS + item.answerS, `${String(item.body['kind'])} comes in`, () =>
        this.#record(item),
      );
    this.#atS(horizonS, 'horizon', () => this.#giveUp());
    if (!this.#stage.alone) this.#watch();
  }

  /** Where she is at a moment: as planned until somebody met her. */
  stateAt(ms: number): TrueState {
    return truthAt(this.plan.truth, (Math.min(ms, this.metMs ?? Infinity) - this.startMs) / second);
  }

  /**
   * When a search would find her, or undefined. One draw for each attempt at a target: the same attempt of the same
   * playing has the same luck, whoever makes it.
   */
  wouldFind(
    target: SearchTarget,
    key: string,
    window: { fromMs: number; toMs: number; pod: number },
  ): number | undefined {
    const attempt = (this.#attempts.get(key) ?? 0) + 1;
    this.#attempts.set(key, attempt);
    const luck = this.#stage.random.fork(
      `search ${this.plan.scenarioId} ${this.plan.seed} ${key} ${attempt}`,
    );
    const lucky = luck.chance(window.pod);
    const share = luck.range(0.2, 1);
    if (!lucky || this.over || this.metMs !== null) return undefined;
    for (let ms = window.fromMs; ms <= window.toMs; ms += 5 * second)
      if (isWithin(target, this.stateAt(ms).at)) return ms + (window.toMs - ms) * share;
    return undefined;
  }

  /** A crew stands before her. False when somebody else was first or it is over. */
  meet(unit: SimUnit, nowMs: number): boolean {
    if (this.over || this.metMs !== null) return false;
    this.metMs = nowMs;
    const minutes = ((nowMs - this.startMs) / minute).toFixed(0);
    if (!this.#stage.alone) this.#stage.say(`demo: met by ${unit.callsign} after ${minutes} min`);
    const place = this.plan.stays.findLast(stay => distanceM(stay.position, this.stateAt(nowMs).at) < 100);
    const workS = this.#work.met(place?.name ?? '路边车内');
    const afterS = this.training ? closingS : workS;
    this.#after(afterS, 'closing', () => this.#close(this.#inTime() ? 'met' : 'metTooLate', 'met'));
    return true;
  }

  /** A crew without an order for her has seen her car in passing: the operator writes it down. */
  async calledIn(unit: SimUnit): Promise<void> {
    const nowMs = this.#stage.now();
    const { at } = unit.where(nowMs);
    await this.#sighting('operator', {
      kind: 'report',
      observedAt: iso(nowMs),
      source: '巡逻组',
      position: position(at),
      credibility: 0.95,
      text: `${unit.callsign}巡逻途中发现疑似当事人车辆。`,
    });
    this.#autopilot?.learn({ at, certain: true });
  }

  drove(lengthM: number): void {
    this.drivenM += lengthM;
  }

  searched(order: Order, outcome: string): void {
    this.#autopilot?.searched(order, outcome);
  }

  leftOrder(order: Order): void {
    this.#autopilot?.leftOrder(order);
  }

  /** Breaks it off. */
  stop(): Promise<void> {
    return this.#close('falseAlarm', 'stopped', '演练中止');
  }

  /** Her home turns out to be in another county. */
  handOver(): Promise<void> {
    return this.#close('handedOver', 'handedOver', '当事人现居外地，已移交当地公安机关');
  }

  /** Settled without the simulator's doing, such as by telephone. */
  settle(outcome: IncidentOutcome, note: string): void | Promise<void> {
    if (outcome !== 'met' && outcome !== 'metTooLate') return this.#close(outcome, 'closed', note);
    const afterS = this.#work.met('派出所（约见）');
    this.#after(afterS, 'closing', () => this.#close(outcome, 'closed', note));
  }

  async #authorise(): Promise<void> {
    const { operator, leader, trace } = this.#stage.desk;
    for (const userId of ['leader', 'operator', 'trace'])
      await operator.post(`/api/incidents/${this.incidentId}/members`, { userId });
    const random = this.#random('authority');
    this.#after(random.range(...requestAfterS), 'authority', async () => {
      const incident = `/api/incidents/${this.incidentId}`;
      const asked = await unlessConflict(
        trace.post<{ authorityId: string }>(`${incident}/trace-requests/ask`, {}),
      );
      // Nothing is prepared for an alert of lower risk.
      const { authorityId } =
        asked ??
        (await trace.post<{ authorityId: string }>(`${incident}/authorities`, {
          number: `演示〔2026〕${((this.startMs / second) % 10_000) | 0}号`,
          legalBasis: '《反电信网络诈骗法》第四十一条',
          reason: '预警当事人失联，需紧急查找并见面劝阻',
          expiresAt: iso(this.#stage.now() + 6 * 60 * minute),
        }));
      if (this.training) return;
      this.#after(random.range(...approveAfterS), 'approval', async () => {
        await leader.post(`/api/authorities/${authorityId}/approve`, {});
        this.#approved(this.#stage.now());
      });
    });
  }

  /** From now on carriers and cameras answer; what they would have been asked for shortly before is asked now. */
  #approved(nowMs: number): void {
    if (this.#approvedMs !== null) return;
    this.#approvedMs = nowMs;
    const nowS = (nowMs - this.startMs) / second;
    for (const item of this.plan.evidence.filter(each => each.needsAuthority)) {
      if (nowS - item.askedS > recordKeptS) continue;
      const answeredS = Math.max(item.askedS, nowS) + item.answerS;
      this.#atS(answeredS, `${String(item.body['kind'])} comes in`, () => this.#record(item));
    }
  }

  async #record({ by, observedS, departedS, needsAuthority, body }: Evidence): Promise<void> {
    const at = (s: number) => iso(this.startMs + s * second);
    await this.#sighting(by, {
      ...body,
      observedAt: at(observedS),
      ...(departedS !== undefined && { departedAt: at(departedS) }),
    });
    this.#autopilot?.learn(hintOf(body, this.#stage.region));
    if (needsAuthority) await this.#work.traceAnswered(String(body['kind']));
  }

  async #sighting(by: 'operator' | 'trace', body: Record<string, unknown>): Promise<void> {
    await unlessConflict(this.#stage.desk[by].post(`/api/incidents/${this.incidentId}/sightings`, body));
  }

  /** Looks now and then what people at their desks have done: approved, ordered, closed. */
  #watch(): void {
    const everyS = Math.max(this.#options.traced ? 20 : 60, this.#stage.pace());
    this.#after(everyS, 'look at the desk', async () => {
      const path = `/api/incidents/${this.incidentId}`;
      const { leader } = this.#stage.desk;
      const incident = await leader.get<Watched>(path);
      if (incident.state === 'closed') return this.#closedByOthers(incident.outcome);
      const approvals = incident.authorities.flatMap(({ approvedAt }) =>
        approvedAt ? [Date.parse(approvedAt)] : [],
      );
      if (approvals.length > 0) this.#approved(Math.min(...approvals));
      if (this.#autopilot && !this.humanLeads) {
        const { items } = await leader.get<{ items: Order[] }>(`${path}/tasks`);
        this.humanLeads = items.some(order => !this.#autopilot!.gave(order.id));
      }
      this.#watch();
    });
  }

  async #giveUp(): Promise<void> {
    if (this.metMs !== null) return;
    const late = this.#random('late').chance(0.5);
    await this.#close(late ? 'metTooLate' : 'notMet', 'tooLate', '未能及时找到，当事人已自行返家或转账');
  }

  #inTime(): boolean {
    return this.metMs !== null && (this.metMs - this.startMs) / second <= this.plan.moneyGoneS;
  }

  async #close(outcome: IncidentOutcome, ending: Ending, note?: string): Promise<void> {
    if (this.over) return;
    const found = this.metMs === null ? null : this.stateAt(this.metMs).at;
    const place = found && this.plan.stays.findLast(stay => distanceM(stay.position, found) < 100);
    await unlessConflict(
      this.#stage.desk.leader.post(`/api/incidents/${this.incidentId}/close`, {
        outcome,
        ...(place?.placeId !== undefined
          ? { foundPlaceId: place.placeId }
          : found && { foundAt: position(found) }),
        note: note ?? `${place?.name ?? ''}，已见面劝阻。`,
      }),
    );
    this.#work.reportLater(outcome);
    this.#finish(ending);
  }

  #closedByOthers(outcome: string | null): void {
    if (this.metMs !== null) this.#finish('met');
    else this.#finish(outcome === 'handedOver' && this.plan.elsewhere ? 'handedOver' : 'closed');
  }

  #finish(ending: Ending): void {
    if (this.over) return;
    this.over = true;
    this.ending = ending;
    this.#stage.episodes.delete(this.incidentId);
    this.#stage.ordersChanged();
    this.#options.onOver?.(this);
  }

  #random(label: string) {
    return this.#stage.random.fork(`${this.plan.scenarioId} ${this.plan.seed} ${label}`);
  }

  #after(seconds: number, what: string, run: () => Promise<void> | void): void {
    this.#at(this.#stage.now() + seconds * second, what, run);
  }

  #atS(atS: number, what: string, run: () => Promise<void> | void): void {
    this.#at(this.startMs + atS * second, what, run);
  }

  /** A step, dropped when the episode is over by then. */
  #at(ms: number, what: string, run: () => Promise<void> | void): void {
    this.#stage.script.at(ms, `${this.plan.scenarioId}: ${what}`, () => (this.over ? undefined : run()));
  }
}

interface Watched {
  state: 'open' | 'closed';
  outcome: string | null;
  authorities: { approvedAt: string | null }[];
}
