/** What happened around an incident, from what the world holds of it. Pure: words are given. */
import type { WorldIncident, WorldTask } from '#domain/world.ts';
import { isLate } from '../../store/selectors.ts';

export const lanes = ['trace', 'ground', 'contact', 'money', 'order', 'clock'] as const;
export type Lane = (typeof lanes)[number];

export interface StoryEntry {
  key: string;
  atMs: number;
  /** Null: of the incident as a whole. */
  lane: Lane | null;
  text: string;
  /** `due`: it has not happened yet. */
  tone: 'plain' | 'good' | 'bad' | 'due';
}

/** How each thing is said in the language in use. */
export interface StoryWords {
  opened(incident: WorldIncident): string;
  repeated(count: number): string;
  closed(incident: WorldIncident): string;
  sighting(kind: WorldIncident['sightings'][string]['kind'], late: boolean): string;
  request(request: WorldIncident['loop']['requests'][string]): string;
  taskOrdered(task: WorldTask): string;
  task(task: WorldTask): string;
  contact(contact: WorldIncident['loop']['contacts'][number]): string;
  called: string;
  answered: string;
  stopRequested(stop: WorldIncident['loop']['stops'][string]): string;
  stop(stop: WorldIncident['loop']['stops'][string]): string;
  order(stationId: string, state: WorldIncident['loop']['orders'][string]['state']): string;
  clock(
    kind: WorldIncident['loop']['clocks'][string]['kind'],
    how: 'due' | 'breached' | 'met' | 'late',
  ): string;
  meeting: string;
  step(number: number, done: boolean): string;
  revisit: string;
  note(by: string): string;
}

type Draft = Omit<StoryEntry, 'atMs' | 'tone'> & { at: string; tone?: StoryEntry['tone'] };

/** Everything in order of time, the oldest first; what is still to come is at the end. */
export function storyOf(
  incident: WorldIncident,
  tasks: readonly WorldTask[],
  words: StoryWords,
): StoryEntry[] {
  const drafts = [
    ...ofItself(incident, words),
    ...ofTrace(incident, words),
    ...tasks.filter(({ incidentId }) => incidentId === incident.id).flatMap(task => ofTask(task, words)),
    ...ofContact(incident, words),
    ...ofMoney(incident, words),
    ...ofOrders(incident, words),
    ...ofClocks(incident, words),
  ];
  return drafts
    .map(({ at, tone = 'plain', ...rest }) => ({ ...rest, atMs: Date.parse(at), tone }))
    .toSorted((a, b) => a.atMs - b.atMs || a.key.localeCompare(b.key));
}

function ofItself(incident: WorldIncident, words: StoryWords): Draft[] {
  const { alertCount, lastAlertAt, openedAt, closedAt, notes = [] } = incident;
  return [
    { key: 'opened', at: openedAt, lane: null, text: words.opened(incident) },
    ...(alertCount > 1
      ? [{ key: 'repeated', at: lastAlertAt, lane: null, text: words.repeated(alertCount) }]
      : []),
    ...(closedAt === null
      ? []
      : [{ key: 'closed', at: closedAt, lane: null, text: words.closed(incident), tone: 'good' as const }]),
    ...notes.map(({ id, by, at }) => ({ key: id, at, lane: null, text: words.note(by) })),
  ];
}

/** Sightings stand at the time when they happened, as the map shows them; what they say stays inside the open look. */
function ofTrace({ sightings, loop }: WorldIncident, words: StoryWords): Draft[] {
  return [
    ...Object.values(sightings)
      .filter(({ replacedBy, withdrawn, kind }) => replacedBy === null && !withdrawn && kind !== 'search')
      .map(sighting => ({
        key: sighting.id,
        at: sighting.observedAt,
        lane: 'trace' as const,
        text: words.sighting(sighting.kind, isLate(sighting)),
      })),
    ...Object.values(loop.requests).map(request => ({
      key: request.id,
      at: request.changedAt,
      lane: 'trace' as const,
      text: words.request(request),
      tone: request.state === 'failed' ? ('bad' as const) : ('plain' as const),
    })),
  ];
}

function ofTask(task: WorldTask, words: StoryWords): Draft[] {
  const sent = {
    key: `${task.id} sent`,
    at: task.orderedAt,
    lane: 'ground' as const,
    text: words.taskOrdered(task),
  };
  if (task.state === 'ordered') return [sent];
  const tone = task.outcome === 'found' ? 'good' : task.state === 'refused' ? 'bad' : 'plain';
  return [sent, { key: task.id, at: task.changedAt, lane: 'ground', text: words.task(task), tone }];
}

function ofContact({ loop }: WorldIncident, words: StoryWords): Draft[] {
  const calls = Object.values(loop.calls).flatMap(({ id, calledAt, answeredAt }): Draft[] => [
    { key: `${id} called`, at: calledAt, lane: 'contact', text: words.called, tone: 'bad' },
    ...(answeredAt === null
      ? []
      : [{ key: id, at: answeredAt, lane: 'contact' as const, text: words.answered }]),
  ]);
  return [
    ...calls,
    ...loop.contacts.map(
      (contact): Draft => ({
        key: contact.id,
        at: contact.at,
        lane: 'contact',
        text: words.contact(contact),
        tone: contact.outcome === 'answered' || contact.outcome === 'reached' ? 'good' : 'plain',
      }),
    ),
  ];
}

const ofMoney = ({ loop }: WorldIncident, words: StoryWords): Draft[] =>
  Object.values(loop.stops).flatMap((stop): Draft[] => [
    { key: `${stop.id} asked`, at: stop.requestedAt, lane: 'money', text: words.stopRequested(stop) },
    ...(stop.state === 'requested'
      ? []
      : [
          {
            key: stop.id,
            at: stop.changedAt,
            lane: 'money' as const,
            text: words.stop(stop),
            tone: stop.state === 'confirmed' ? ('good' as const) : ('bad' as const),
          },
        ]),
  ]);

function ofOrders({ loop }: WorldIncident, words: StoryWords): Draft[] {
  const orders = Object.values(loop.orders).flatMap(({ id, stationId, at }) =>
    Object.entries(at).map(
      ([state, when]): Draft => ({
        key: `${id} ${state}`,
        at: when,
        lane: 'order',
        text: words.order(stationId, state as keyof typeof at),
        tone: state === 'met' ? 'good' : 'plain',
      }),
    ),
  );
  const meetings = Object.values(loop.meetings).flatMap(({ id, at, steps }): Draft[] => [
    { key: id, at, lane: 'order', text: words.meeting },
    ...Object.entries(steps).map(
      ([number, step]): Draft => ({
        key: `${id} ${number}`,
        at: step.at,
        lane: 'order',
        text: words.step(Number(number), step.done),
        tone: step.done ? 'good' : 'bad',
      }),
    ),
  ]);
  const revisits = Object.values(loop.revisits)
    .filter(({ state }) => state === 'planned')
    .map(({ id, dueAt }): Draft => ({ key: id, at: dueAt, lane: 'order', text: words.revisit, tone: 'due' }));
  return [...orders, ...meetings, ...revisits];
}

const ofClocks = ({ loop, state }: WorldIncident, words: StoryWords): Draft[] =>
  Object.values(loop.clocks).flatMap((clock): Draft[] => {
    const { id, kind, dueAt, breached, stoppedAt, outcome } = clock;
    const over: Draft[] = breached
      ? [{ key: `${id} over`, at: dueAt, lane: 'clock', text: words.clock(kind, 'breached'), tone: 'bad' }]
      : [];
    if (stoppedAt !== null) {
      if (outcome === 'void') return over;
      const how = outcome === 'met' ? 'met' : 'late';
      const tone = how === 'met' ? 'good' : 'bad';
      return [...over, { key: id, at: stoppedAt, lane: 'clock', text: words.clock(kind, how), tone }];
    }
    if (breached || state === 'closed') return over;
    return [{ key: id, at: dueAt, lane: 'clock', text: words.clock(kind, 'due'), tone: 'due' }];
  });

/** Marks that stand this close together would cover each other: they share one. */
const leastApart = 0.022;

export interface StoryMark {
  lane: Lane;
  /** 0 at the beginning, 1 at the end of the strip. */
  at: number;
  entries: StoryEntry[];
}

/** From when to when the strip goes: at least ten minutes, with what is to come soon in sight. */
export function stripSpan(entries: readonly StoryEntry[], nowMs: number): { fromMs: number; toMs: number } {
  const past = entries.filter(({ tone }) => tone !== 'due').map(({ atMs }) => atMs);
  const fromMs = Math.min(nowMs, ...past);
  const last = Math.max(nowMs, ...past);
  const ahead = Math.max(10 * 60_000, (last - fromMs) / 4);
  const due = entries.filter(({ atMs, tone }) => tone === 'due' && atMs <= last + ahead);
  return { fromMs, toMs: Math.max(last + ahead / 8, ...due.map(({ atMs }) => atMs)) };
}

/** The marks of each lane from left to right. What lies beyond the strip is left out, what lies close together is one mark. */
export function marksOf(
  entries: readonly StoryEntry[],
  { fromMs, toMs }: { fromMs: number; toMs: number },
): StoryMark[] {
  const marks: StoryMark[] = [];
  const newest = new Map<Lane, StoryMark>();
  for (const entry of entries) {
    const at = (entry.atMs - fromMs) / Math.max(1, toMs - fromMs);
    if (entry.lane === null || at > 1) continue;
    const before = newest.get(entry.lane);
    if (before && at - before.at < leastApart) before.entries.push(entry);
    else {
      const mark = { lane: entry.lane, at, entries: [entry] };
      newest.set(entry.lane, mark);
      marks.push(mark);
    }
  }
  return marks;
}
