/** What this window knows of the world, fed by the stream hub. */
import { positionRecordBytes, readPositionRecord } from '#contract/stream.ts';
import { apply, type Fact } from '#domain/apply.ts';
import { emptyWorld, type World, type WorldUnit } from '#domain/world.ts';
import { createStore } from 'zustand/vanilla';
import { UnitSlots } from '../map/sources/unit-slots.ts';
import { type FromHub, idleLink, type Link } from './messages.ts';
import { withoutTraceOf, withTrace } from './trace.ts';

export interface Live {
  world: World;
  link: Link;
  /** Why the trace of an incident was opened, while it is open; the reason goes with every later look. */
  traceReasons: Readonly<Record<string, string>>;
}

/** The live store and, beside it, the positions: they change in place, many times a second, and never pass through it. */
export function createLiveStore() {
  const store = createStore<Live>()(() => ({ world: emptyWorld, link: idleLink, traceReasons: {} }));
  const slots = new UnitSlots();

  function receive(message: FromHub): void {
    const { world, traceReasons } = store.getState();
    switch (message.type) {
      case 'world':
        store.setState({ world: message.world, traceReasons: message.traceReasons });
        slots.clear();
        for (const unit of Object.values(message.world.units)) describe(slots, unit);
        place(slots, message.positions, message.madeAt);
        return slots.notify();
      case 'fact':
        store.setState({ world: apply(world, message.fact) });
        return describeChanged(message.fact);
      case 'positions':
        place(slots, message.bytes, message.madeAt);
        return slots.notify();
      case 'trace':
        return store.setState({
          world: withTrace(world, message.incidentId, message.sightings),
          traceReasons: { ...traceReasons, [message.incidentId]: message.reason },
        });
      case 'revoked': {
        const { [message.incidentId]: _, ...rest } = traceReasons;
        return store.setState({ world: withoutTraceOf(world, message.incidentId), traceReasons: rest });
      }
      case 'link':
        return store.setState({ link: message.link });
    }
  }

  function describeChanged(fact: Fact): void {
    if (fact.kind !== 'unitCreated' && fact.kind !== 'unitStateChanged') return;
    const unit = store.getState().world.units[fact.payload.unitId];
    if (!unit) return;
    describe(slots, unit);
    slots.notify();
  }

  return { store, slots, receive };
}

function describe(slots: UnitSlots, { id, slot, callsign, kind, state }: WorldUnit): void {
  slots.describe(slot, { id, callsign, kind, state });
}

function place(slots: UnitSlots, bytes: Uint8Array, madeAt: number): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + positionRecordBytes <= bytes.byteLength; at += positionRecordBytes) {
    const { slot, lng, lat, ageS, speedMps, courseDeg } = readPositionRecord(view, at);
    slots.place(slot, lng, lat, madeAt - ageS * 1000, speedMps, courseDeg);
  }
}
