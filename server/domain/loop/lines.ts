/**
 * The three lines of an incident: where each stands, how old its last useful news is, what is to be done next. Pure; the
 * desk and the wall show the same.
 */
import { type Line, lines } from '#contract/kinds.ts';
import { isOpenTask } from '../task.ts';
import type { WorldIncident, WorldTask } from '../world.ts';
import { isReached, redialAt } from './contact.ts';
import { isOpenRequest } from './request.ts';

/** `waiting`: somebody else's turn, and not overdue; `quiet`: nothing for too long. */
export type LineState = 'none' | 'waiting' | 'news' | 'quiet' | 'done';
/** `ask` for the authority, `approve` it, `chase` an answer, `send` a crew, `chaseCrew`, `call` her, `redial`. */
export type LineAction = 'ask' | 'approve' | 'chase' | 'send' | 'chaseCrew' | 'call' | 'redial';

export interface LineView {
  state: LineState;
  ownerId: string | null;
  /** Of the last useful news, ms. */
  newsAtMs: number | null;
  /** What is to be done next, and by when (ms); what is overdue lies in the past. */
  next: { action: LineAction; dueAtMs: number } | null;
}

/** News are new for so long. */
export const NEWS_MS = 10 * 60_000;
const askWithinMs = 60_000;
const chaseAfterMs = 10 * 60_000;
const sendWithinMs = 10 * 60_000;
const acceptWithinMs = 2 * 60_000;
const lookWithinMs = 30 * 60_000;

/** What is known of one line, before it is said in a word. */
interface Known {
  begun: boolean;
  newsAtMs: number | null;
  next: LineView['next'];
}

/** The lines of an incident with its tasks (others are left aside) at `nowMs`. */
export function linesOf(
  incident: WorldIncident,
  tasks: readonly WorldTask[],
  nowMs: number,
): Record<Line, LineView> {
  const own = tasks.filter(({ incidentId }) => incidentId === incident.id);
  const known = {
    trace: traceLine(incident),
    ground: groundLine(incident, own),
    contact: contactLine(incident),
  };
  const views = lines.map(line => [line, viewOf(incident, line, known[line], nowMs)] as const);
  return Object.fromEntries(views) as Record<Line, LineView>;
}

function viewOf(incident: WorldIncident, line: Line, known: Known, nowMs: number): LineView {
  const ownerId = incident.loop.owners[line] ?? null;
  const { newsAtMs } = known;
  if (incident.state === 'closed') return { state: 'done', ownerId, newsAtMs, next: null };
  return { state: stateOf(known, nowMs), ownerId, newsAtMs, next: known.next };
}

function stateOf({ begun, newsAtMs, next }: Known, nowMs: number): LineState {
  if (newsAtMs !== null && nowMs - newsAtMs < NEWS_MS) return 'news';
  if (!begun) return 'none';
  return next !== null && nowMs < next.dueAtMs ? 'waiting' : 'quiet';
}

const latest = (times: readonly string[]): number | null =>
  times.length === 0 ? null : Math.max(...times.map(at => Date.parse(at)));
const soonest = (actions: readonly NonNullable<LineView['next']>[]): LineView['next'] =>
  actions.reduce<LineView['next']>(
    (best, each) => (best && best.dueAtMs <= each.dueAtMs ? best : each),
    null,
  );

/** Sightings and answers are news; a search is the ground's. */
function traceLine({ loop, sightings, openedAt }: WorldIncident): Known {
  const requests = Object.values(loop.requests);
  const seen = Object.values(sightings).filter(({ kind, withdrawn }) => kind !== 'search' && !withdrawn);
  const answered = requests.filter(({ state }) => state === 'answered');
  const open = requests.filter(isOpenRequest).map(({ state, madeAt, changedAt }) => {
    if (state === 'sent') return { action: 'chase' as const, dueAtMs: Date.parse(changedAt) + chaseAfterMs };
    const action = state === 'prepared' ? ('ask' as const) : ('approve' as const);
    return { action, dueAtMs: Date.parse(madeAt) + askWithinMs };
  });
  const nothing = requests.length === 0 && seen.length === 0;
  return {
    begun: !nothing,
    newsAtMs: latest([...seen.map(({ receivedAt }) => receivedAt), ...answered.map(each => each.changedAt)]),
    next: nothing ? { action: 'ask', dueAtMs: Date.parse(openedAt) + askWithinMs } : soonest(open),
  };
}

/** Being there, and what was found or not, is news. */
function groundLine({ sightings, openedAt }: WorldIncident, tasks: readonly WorldTask[]): Known {
  const searches = Object.values(sightings).filter(({ kind, withdrawn }) => kind === 'search' && !withdrawn);
  const told = tasks.filter(({ state }) => state === 'arrived' || state === 'done');
  const open = tasks.filter(isOpenTask).map(({ state, changedAt }) => {
    const within = state === 'ordered' ? acceptWithinMs : lookWithinMs;
    return { action: 'chaseCrew' as const, dueAtMs: Date.parse(changedAt) + within };
  });
  const newsAtMs = latest([...searches.map(each => each.receivedAt), ...told.map(each => each.changedAt)]);
  const idleSince = latest([openedAt, ...tasks.map(({ changedAt }) => changedAt)])!;
  const found = tasks.some(({ outcome }) => outcome === 'found');
  const send = found ? null : { action: 'send' as const, dueAtMs: idleSince + sendWithinMs };
  return {
    begun: tasks.length > 0 || searches.length > 0,
    newsAtMs,
    next: open.length > 0 ? soonest(open) : send,
  };
}

/** Whoever was spoken to is news: she, or her family. */
function contactLine({ loop, risk, openedAt }: WorldIncident): Known {
  const { contacts, messages } = loop;
  const calls = contacts.filter(({ channel }) => channel !== 'family' && channel !== 'sms');
  const redial = redialAt(contacts, risk);
  const next =
    redial !== null
      ? { action: 'redial' as const, dueAtMs: redial }
      : calls.length === 0
        ? { action: 'call' as const, dueAtMs: Date.parse(openedAt) }
        : null;
  return {
    begun: contacts.length > 0 || Object.keys(messages).length > 0,
    newsAtMs: latest(contacts.filter(isReached).map(({ at }) => at)),
    next,
  };
}
