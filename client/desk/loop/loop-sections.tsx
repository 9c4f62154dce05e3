import type { WorldIncident } from '#domain/world.ts';
import { Clocks } from './clocks.tsx';
import { Lines } from './lines.tsx';
import { Meetings } from './meeting-section.tsx';
import { Orders } from './orders.tsx';
import { Outcomes } from './outcomes.tsx';
import { Stops } from './stops.tsx';

/** The closed loop of an incident, in the order in which it is worked: lines, clocks, money, orders, meetings, outcomes. */
export function LoopSections({ incident }: { incident: WorldIncident }) {
  return (
    <>
      <Lines incident={incident} />
      <Clocks incident={incident} />
      <Stops incident={incident} />
      <Orders incident={incident} />
      <Meetings incident={incident} />
      <Outcomes incident={incident} />
    </>
  );
}
