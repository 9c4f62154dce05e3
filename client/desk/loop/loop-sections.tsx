import type { WorldIncident } from '#domain/world.ts';

/** The closed loop of an incident, in the order in which it is worked: lines, clocks, money, orders, meetings, outcomes. */
export function LoopSections({ incident: _ }: { incident: WorldIncident }) {
  return <></>;
}
