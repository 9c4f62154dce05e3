import { describe, expect, it } from 'vitest';
import { createRandom } from '#domain/random.ts';
import { distanceM } from '#road/geo.ts';
import { toWgs84 } from '../../server/ingest/coordinates.ts';
import { type DeviceFix, type Fault, faults, faultsOf, FaultyDevice } from '../../server/sim/faults.ts';

const startMs = Date.UTC(2026, 10, 22, 1);
const minutes = 240;
/** A steady drive to the east, a fix each ten seconds. */
const truthAt = (i: number) => ({
  atMs: startMs + i * 10_000,
  lng: 103.2 + i * 0.0001,
  lat: 24.8,
  speedMps: 1,
  courseDeg: 90,
  accuracyM: 5,
});
const valley = { position: [103.24, 24.8] as [number, number], radiusM: 400 };

function run(fault: Fault, seed = 3): { sent: DeviceFix[]; batches: DeviceFix[][] } {
  const device = new FaultyDevice(fault, createRandom(seed), [valley]);
  const batches = Array.from({ length: minutes * 6 }, (_, i) => device.observe(truthAt(i)));
  return { sent: batches.flat(), batches: batches.filter(batch => batch.length > 0) };
}
const offM = (fix: DeviceFix) => {
  const i = Math.round((fix.atMs - startMs) / 10_000);
  const true_ = truthAt(i);
  return distanceM([fix.lng, fix.lat], [true_.lng, true_.lat]);
};

describe('devices with faults', () => {
  it.each(faults)('%s: the same seed sends the same', fault => {
    expect(run(fault)).toEqual(run(fault));
  });

  it('a sound one sends each fix once, where it is', () => {
    const { sent } = run('sound');
    expect(sent).toHaveLength(minutes * 6);
    expect(Math.max(...sent.map(offM))).toBeLessThan(0.1);
    expect(sent.every(({ batteryPct }) => batteryPct >= 0 && batteryPct <= 100)).toBe(true);
  });

  it('a tunnel loses what was in it, no network hands it in late and out of order', () => {
    const all = run('sound').sent.length;
    expect(run('tunnel').sent.length).toBeLessThan(all);
    const { sent, batches } = run('noNetwork');
    const times = sent.map(({ atMs }) => atMs);
    expect(new Set(times).size).toBe(times.length);
    expect(Math.max(...batches.map(batch => batch.length))).toBeGreaterThan(20);
    expect(times).not.toEqual(times.toSorted((a, b) => a - b));
  });

  it('duplicates are the same fix again', () => {
    const { sent } = run('duplicates');
    expect(sent.length).toBeGreaterThan(minutes * 6);
    expect(new Set(sent.map(fix => JSON.stringify(fix))).size).toBe(minutes * 6);
  });

  it('wrong clocks are wrong by as much all the time, one of them is ahead at times', () => {
    const error = (fault: Fault) => new Set(run(fault).sent.map((fix, i) => fix.atMs - truthAt(i).atMs));
    expect([...error('fastClock')]).toEqual([23_000]);
    expect([...error('wrongZone')]).toEqual([-8 * 3_600_000]);
    expect([...error('future')].toSorted((a, b) => a - b)).toEqual([0, 3 * 3_600_000]);
  });

  it('a GCJ-02 device is some hundred metres off until its system is named', () => {
    for (const fault of ['gcj02', 'gcj02Unsaid'] as const) {
      const [fix] = run(fault).sent;
      expect(offM(fix!)).toBeGreaterThan(300);
      const named = toWgs84({ lng: fix!.lng, lat: fix!.lat, crs: 'gcj02' });
      expect(offM({ ...fix!, ...named })).toBeLessThan(1);
    }
  });

  it('coarse fixes say how coarse they are, jumps do not, a frozen one repeats its place', () => {
    const coarse = run('coarse').sent;
    expect(coarse.every(fix => offM(fix) <= fix.accuracyM)).toBe(true);
    const jumps = run('jumping').sent.filter(fix => offM(fix) > 1000);
    expect(jumps.length).toBeGreaterThan(5);
    expect(jumps.length).toBeLessThan(minutes * 6 * 0.06);
    const frozen = run('frozen').sent;
    const repeats = frozen.filter((fix, i) => i > 0 && fix.lng === frozen[i - 1]!.lng);
    expect(repeats.length).toBeGreaterThan(60);
  });

  it('a fleet of forty has each fault, and mostly sound devices', () => {
    const fleet = faultsOf(40, createRandom(1));
    expect(new Set(fleet).size).toBe(faults.length);
    expect(fleet.filter(fault => fault === 'sound').length).toBeGreaterThan(20);
  });
});
