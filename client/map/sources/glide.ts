/**
 * Smooth motion between fixes without guessing ahead: a mark starts where it was drawn and slides to the newest
 * fix, over about the time between the last two. It is never beyond the newest fix, so nothing is extrapolated.
 *
 * The graphics card does the sliding: per slot it gets how far behind the fix the mark still was (metres east and
 * north) and when the slide began and how long it takes; it draws at fix + lag · (1 − progress).
 */
import { metresPerDegree } from './mercator.ts';
import type { UnitSlots } from './unit-slots.ts';

/** Floats per slot in `Glide.motion`: lag east m, lag north m, start s (relative to `epochS`), duration s. */
export const motionStride = 4;
const minDurationS = 0.4;
/** A slide longer than this would show an old position for too long. */
const maxDurationS = 3;
/** Beyond this a mark jumps: a slide across the map would show a drive that did not happen. */
const jumpM = 1500;

export class Glide {
  motion = new Float32Array(0);
  /** What `start` in `motion` counts from; moves with every tick so that float32 stays exact on a page that runs for weeks. */
  epochS = 0;
  /** When the last slide ends, in the caller's seconds; after it there is nothing to animate. */
  untilS = 0;
  private seen = new Float64Array(0);
  private seenAt = new Float64Array(0);
  private startS = new Float64Array(0);

  /**
   * Takes over the newest fixes at `nowS` (any steady clock). `smooth` false (still mode, a seek) puts every mark
   * on its fix at once.
   */
  advance(slots: UnitSlots, nowS: number, smooth: boolean): void {
    this.reserve(slots.fixAt.length);
    for (let slot = 0; slot < slots.count; slot++) {
      const lng = slots.lngLat[2 * slot]!;
      const lat = slots.lngLat[2 * slot + 1]!;
      // An empty slot forgets where its last unit was: the next one must not slide in from there.
      if (!slots.shown(slot)) this.seen[2 * slot] = Number.NaN;
      else if (lng !== this.seen[2 * slot] || lat !== this.seen[2 * slot + 1])
        this.start(slots, slot, nowS, smooth);
      this.motion[motionStride * slot + 2] = this.startS[slot]! - nowS;
    }
    this.epochS = nowS;
  }

  /** Metres [east, north] by which the mark in `slot` is still behind its fix at `nowS`. */
  lagM(slot: number, nowS: number): [number, number] {
    const at = motionStride * slot;
    const duration = this.motion[at + 3] ?? 0;
    if (!(duration > 0)) return [0, 0];
    const left = 1 - Math.min(1, Math.max(0, (nowS - this.startS[slot]!) / duration));
    return [this.motion[at]! * left, this.motion[at + 1]! * left];
  }

  private start(slots: UnitSlots, slot: number, nowS: number, smooth: boolean): void {
    const at = motionStride * slot;
    const lng = slots.lngLat[2 * slot]!;
    const lat = slots.lngLat[2 * slot + 1]!;
    const perLng = metresPerDegree * Math.cos((lat * Math.PI) / 180);
    const [oldEast, oldNorth] = this.lagM(slot, nowS);
    const east = (this.seen[2 * slot]! - lng) * perLng + oldEast;
    const north = (this.seen[2 * slot + 1]! - lat) * metresPerDegree + oldNorth;
    const fixAt = slots.fixAt[slot]!;
    const sinceS = (fixAt - this.seenAt[slot]!) / 1000;
    const slides = smooth && Math.hypot(east, north) < jumpM;
    const durationS = slides ? Math.min(maxDurationS, Math.max(minDurationS, sinceS || minDurationS)) : 0;
    this.motion[at] = slides ? east : 0;
    this.motion[at + 1] = slides ? north : 0;
    this.motion[at + 3] = durationS;
    this.startS[slot] = nowS;
    this.untilS = Math.max(this.untilS, nowS + durationS);
    this.seen[2 * slot] = lng;
    this.seen[2 * slot + 1] = lat;
    this.seenAt[slot] = fixAt;
  }

  private reserve(size: number): void {
    if (size <= this.startS.length) return;
    const motion = new Float32Array(motionStride * size);
    const seen = new Float64Array(2 * size).fill(Number.NaN);
    const seenAt = new Float64Array(size).fill(Number.NaN);
    const startS = new Float64Array(size);
    motion.set(this.motion);
    seen.set(this.seen);
    seenAt.set(this.seenAt);
    startS.set(this.startS);
    this.motion = motion;
    this.seen = seen;
    this.seenAt = seenAt;
    this.startS = startS;
  }
}
