import { useEffect, useRef, useState } from 'react';
import type { OwnFix } from '#contract/field.ts';
import { fetchSharing, sendOwnFixes, startSharing, stopSharing } from '../api/field.ts';
import { ApiFailure } from '../api/http.ts';
import { systemNow } from '../clock/clock.ts';
import { serverNow } from '../clock/use-now.ts';
import { keepOnPhone, keptOnPhone } from './keep.ts';
import { isDue, keepNewest, type PhoneFix, type Told, toOwnFix } from './own-place.ts';

/** `denied`: the person or the browser forbids it. `insecure`: the page did not come over TLS. */
export type PlaceProblem = 'denied' | 'unavailable' | 'insecure' | 'refused' | 'unsent';

export interface OwnPlace {
  on: boolean;
  /** Where the phone is, while sharing is on. */
  fix: PhoneFix | null;
  /** When a position last reached the server: ms of its clock. */
  sentAt: number | null;
  problem: PlaceProblem | null;
  turnOn: () => void;
  turnOff: () => void;
}

/** For which unit this phone shares. */
const sharedFor = 'shares';
const lookEveryMs = 15_000;
const stillMs = 60_000;
const watching: PositionOptions = { enableHighAccuracy: true, maximumAge: 2000, timeout: 30_000 };

/** Tells the server where the phone is on behalf of a unit, from switching on to switching off. */
export function useOwnPlace(unitId: string | null, may: boolean): OwnPlace {
  const [on, setOn] = useState(false);
  const [fix, setFix] = useState<PhoneFix | null>(null);
  const [sentAt, setSentAt] = useState<number | null>(null);
  const [problem, setProblem] = useState<PlaceProblem | null>(null);

  // A reload goes on with it: on the phone that shared, if nobody has switched it off meanwhile.
  useEffect(() => {
    if (!may || unitId === null || keptOnPhone(sharedFor) !== unitId) return;
    const abort = new AbortController();
    fetchSharing(abort.signal).then(
      sharing => setOn(sharing.unitId === unitId),
      () => {},
    );
    return () => abort.abort();
  }, [may, unitId]);

  const sender = useRef<Sender | null>(null);
  useEffect(() => {
    if (!on) return;
    const own = new Sender(
      () => {
        setSentAt(serverNow());
        setProblem(null);
      },
      why => {
        setProblem(why);
        if (why === 'refused') setOn(false);
      },
    );
    sender.current = own;
    const take = (position: PhoneFix) => {
      setFix(position);
      setProblem(before => (before === 'unavailable' ? null : before));
      own.take(position);
    };
    const fail = ({ code }: GeolocationPositionError) => setProblem(code === 1 ? 'denied' : 'unavailable');
    const watch = navigator.geolocation.watchPosition(take, fail, watching);
    // A phone at rest may be silent for long: it is asked, so that the centre knows that it is still there.
    const timer = setInterval(() => {
      if (own.quietMs() >= stillMs) navigator.geolocation.getCurrentPosition(take, fail, watching);
      else void own.flush();
    }, lookEveryMs);
    return () => {
      navigator.geolocation.clearWatch(watch);
      clearInterval(timer);
      sender.current = null;
      setFix(null);
      setSentAt(null);
    };
  }, [on]);

  return {
    on,
    fix,
    sentAt,
    problem,
    turnOn: () => {
      if (unitId === null) return;
      if (!globalThis.isSecureContext || !('geolocation' in navigator)) return setProblem('insecure');
      setProblem(null);
      startSharing(unitId).then(
        () => {
          keepOnPhone(sharedFor, unitId);
          setOn(true);
        },
        () => setProblem('unsent'),
      );
    },
    turnOff: () => {
      setOn(false);
      setProblem(null);
      keepOnPhone(sharedFor, null);
      stopSharing().catch(() => setProblem('unsent'));
    },
  };
}

/** Gathers fixes that are worth telling and sends them, all that wait at once. */
class Sender {
  readonly #onSent: () => void;
  readonly #onProblem: (why: PlaceProblem) => void;
  #told: Told | null = null;
  #waiting: OwnFix[] = [];
  #busy = false;

  constructor(onSent: () => void, onProblem: (why: PlaceProblem) => void) {
    this.#onSent = onSent;
    this.#onProblem = onProblem;
  }

  take(fix: PhoneFix): void {
    if (!isDue(this.#told, fix)) return;
    const { longitude: lng, latitude: lat } = fix.coords;
    this.#told = { at: fix.timestamp, lng, lat };
    void batteryPct().then(battery => {
      this.#waiting = keepNewest([...this.#waiting, toOwnFix(fix, serverNow() - systemNow(), battery)]);
      return this.flush();
    });
  }

  /** How long nothing was told, ms. */
  quietMs(): number {
    return this.#told ? systemNow() - this.#told.at : Infinity;
  }

  async flush(): Promise<void> {
    if (this.#busy || this.#waiting.length === 0) return;
    const batch = this.#waiting;
    this.#busy = true;
    try {
      await sendOwnFixes(batch);
      this.#waiting = this.#waiting.slice(batch.length);
      this.#onSent();
    } catch (error) {
      // Switched off elsewhere, or the unit is no longer one's to report for; anything else is tried again.
      const refused = error instanceof ApiFailure && (error.code === 'conflict' || error.code === 'notFound');
      this.#onProblem(refused ? 'refused' : 'unsent');
    } finally {
      this.#busy = false;
    }
  }
}

/** Whole per cent; null where the browser does not tell. */
async function batteryPct(): Promise<number | null> {
  const { getBattery } = navigator as { getBattery?: () => Promise<{ level: number }> };
  if (!getBattery) return null;
  try {
    return Math.round((await getBattery.call(navigator)).level * 100);
  } catch {
    return null;
  }
}
