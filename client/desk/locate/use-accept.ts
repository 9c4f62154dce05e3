import { useState } from 'react';
import { taskTexts } from '../../i18n/sections/tasks.ts';
import { locateTexts } from '../../i18n/sections/locate.ts';
import { useTexts } from '../../i18n/use-t.ts';
import { liveStore } from '../../store/live.ts';
import { sayDone } from '../desk-store.ts';
import { order } from '../tasks/order.ts';
import { useAction } from '../use-action.ts';
import type { PlanRow } from './suggestions.ts';
import { targetOf } from './target.ts';

/** Turns suggestions into orders. */
export function useAccept(incidentId: string) {
  const tasks = useTexts(taskTexts);
  const texts = useTexts(locateTexts);
  const action = useAction();
  const [refusal, setRefusal] = useState<string | null>(null);
  const send = ({ unitId, task }: PlanRow) => {
    const callsign = liveStore.getState().world.units[unitId]?.callsign ?? tasks.otherUnit;
    const target = { ...targetOf(task.place, task.method), why: task.why };
    return order(incidentId, { unitId, callsign }, target, tasks);
  };
  return {
    busy: action.busy,
    /** Why it was not done: the last of several. */
    problem: refusal ?? action.problem,
    one: (row: PlanRow) => action.run(async () => setRefusal(await send(row))),
    all: (rows: readonly PlanRow[]) =>
      action.run(async () => {
        const refusals = await Promise.all(rows.map(send));
        const failed = refusals.filter(why => why !== null);
        setRefusal(failed.at(-1) ?? null);
        const sent = rows.length - failed.length;
        sayDone(failed.length === 0 ? texts.accepted(sent) : texts.acceptedSome(sent, rows.length));
      }),
  };
}
