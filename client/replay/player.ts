/** What the replay shows and how it moves. It feeds the same store as the live stream; nothing downstream knows. */
import { decodeChunk } from '#domain/track/chunk.ts';
import { mergeTracks, type Track } from '#domain/track/track.ts';
import { emptyWorld, type World } from '#domain/world.ts';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { fetchRecording, type Recorded } from '../api/replay.ts';
import { decodeBase64 } from '../store/base64.ts';
import { systemNow } from '../clock/clock.ts';
import { idleLink } from '../store/messages.ts';
import { hearRecorded } from '../store/live.ts';
import { type Order, Recording } from './recording.ts';
import { closeRecordedTrace, showBeliefAt, tracedStore, withRecordedTrace } from './traced.ts';

export const rates = [1, 2, 5, 10, 30, 60] as const;
export type Rate = (typeof rates)[number];

export interface Player {
  recording: Recording | null;
  error: unknown;
  atMs: number;
  playing: boolean;
  rate: Rate;
  order: Order;
  /** The part of its time that the timeline shows; null: all of it. */
  zoom: { fromMs: number; toMs: number } | null;
  /** Spans that the timeline brings out. */
  marked: readonly { fromMs: number; toMs: number }[];
}

const nothing: Player = {
  recording: null,
  error: null,
  atMs: 0,
  playing: false,
  rate: 10,
  order: 'known',
  zoom: null,
  marked: [],
};
const store = createStore<Player>()(() => nothing);
export const usePlayer = <T>(select: (player: Player) => T): T => useStore(store, select);

/** The picture moves this often, whatever the rate. */
const tickMs = 100;
const noReasons = {};
let ticker: ReturnType<typeof setInterval> | undefined;
let shown: { world: World; count: number; order: Order; atMs: number } | null = null;
let send: ReturnType<typeof hearRecorded>['receive'] = () => {};

/** Loads a recording and shows it at `startMs`, or where it begins. Returns the way out, back to live. */
export function openReplay(what: Recorded, startMs: number | null): () => void {
  const abort = new AbortController();
  const source = hearRecorded();
  send = source.receive;
  shown = null;
  store.setState(nothing);
  void fetchRecording(what, abort.signal).then(
    messages => {
      if (abort.signal.aborted) return;
      const recording = recordingOf(messages);
      store.setState({ recording });
      seek(startMs ?? recording.fromMs);
    },
    (error: unknown) => {
      if (!abort.signal.aborted) store.setState({ error });
    },
  );
  // What a look shows, or shows no longer, is part of the picture of this moment.
  const unfollow = tracedStore.subscribe((traced, before) => {
    if (traced.state !== before.state || traced.sightings !== before.sightings) {
      shown = null;
      seek(store.getState().atMs);
    } else if (traced.beliefs !== before.beliefs) showBeliefAt(store.getState().atMs);
  });
  return () => {
    unfollow();
    closeRecordedTrace();
    abort.abort();
    pause();
    source.end();
    store.setState(nothing);
  };
}

function recordingOf(messages: Awaited<ReturnType<typeof fetchRecording>>): Recording {
  const parts = new Map<string, Track[]>();
  let world = emptyWorld;
  let span = { fromMs: 0, toMs: 0 };
  const facts = messages.flatMap(message => (message.type === 'fact' ? message.fact : []));
  for (const message of messages) {
    if (message.type === 'snapshot') world = message.world;
    if (message.type === 'end') span = { fromMs: Date.parse(message.from), toMs: Date.parse(message.to) };
    if (message.type === 'track')
      parts.set(message.unitId, [
        ...(parts.get(message.unitId) ?? []),
        decodeChunk(decodeBase64(message.chunk)),
      ]);
  }
  const tracks = new Map([...parts].map(([unitId, chunks]) => [unitId, mergeTracks(chunks)]));
  return new Recording(world, facts, tracks, span);
}

/** The moment that is shown, outside of components. */
export const presentMoment = (): number => store.getState().atMs;

/** Shows another moment of the recording. */
export function seek(toMs: number): void {
  const { recording, order } = store.getState();
  if (!recording) return;
  const atMs = Math.min(recording.toMs, Math.max(recording.fromMs, toMs));
  store.setState({ atMs });
  show(recording, order, atMs);
}

export function setOrder(order: Order): void {
  store.setState({ order });
  seek(store.getState().atMs);
}

/** Shows a part of the time, at least a second of it, or all of it again. */
export function setZoom(zoom: Player['zoom']): void {
  if (zoom && zoom.toMs - zoom.fromMs < 1000) return;
  store.setState({ zoom });
  const { atMs } = store.getState();
  if (zoom && (atMs < zoom.fromMs || atMs > zoom.toMs)) seek(zoom.fromMs);
}

/** Brings spans out on the timeline, in place of those before. */
export function markSpans(marked: Player['marked']): void {
  store.setState({ marked });
}

export function setRate(rate: Rate): void {
  store.setState({ rate });
  seek(store.getState().atMs);
}

/** To the next fact, or back to the one before. */
export function step(by: 1 | -1): void {
  const { recording, order, atMs } = store.getState();
  if (!recording) return;
  pause();
  const moments = recording.moments(order);
  const count = recording.countAt(order, atMs);
  const target =
    by === 1
      ? moments[count]
      : moments.slice(0, count).findLast(moment => moment.atMs < (moments[count - 1]?.atMs ?? 0));
  seek(target?.atMs ?? (by === 1 ? recording.toMs : recording.fromMs));
}

export function pause(): void {
  clearInterval(ticker);
  ticker = undefined;
  store.setState({ playing: false });
  seek(store.getState().atMs);
}

/** Plays on, from the beginning when it is over. */
export function play(): void {
  const { recording, atMs } = store.getState();
  if (!recording || ticker !== undefined) return;
  store.setState({ playing: true });
  seek(atMs >= recording.toMs ? recording.fromMs : atMs);
  let last = systemNow();
  ticker = setInterval(() => {
    const now = systemNow();
    const { atMs: before, rate } = store.getState();
    seek(before + (now - last) * rate);
    last = now;
    if (store.getState().atMs >= recording.toMs) pause();
  }, tickMs);
}

export const toggle = (): void => (store.getState().playing ? pause() : play());

function show(recording: Recording, order: Order, atMs: number): void {
  const count = recording.countAt(order, atMs);
  const { playing, rate } = store.getState();
  const same = shown !== null && shown.order === order && shown.count === count;
  const world = same && shown ? shown.world : withRecordedTrace(recording.worldAfter(order, count));
  const bytes = recording.positionsAt(order, atMs, world);
  const now = systemNow();
  send({
    type: 'link',
    link: {
      ...idleLink,
      state: 'live',
      heardAt: now,
      clockOffsetMs: atMs - now,
      clockSetAt: now,
      clockRate: playing ? rate : 0,
    },
  });
  // Positions never move backwards by themselves.
  if (same && shown && shown.atMs <= atMs) send({ type: 'positions', bytes, madeAt: atMs });
  else send({ type: 'world', world, positions: bytes, madeAt: atMs, traceReasons: noReasons });
  showBeliefAt(atMs);
  shown = { world, count, order, atMs };
}
