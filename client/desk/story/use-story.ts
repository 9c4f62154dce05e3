import { useMemo } from 'react';
import type { WorldIncident } from '#domain/world.ts';
import { clockTexts } from '../../i18n/sections/clocks.ts';
import { deskTexts } from '../../i18n/sections/desk.ts';
import { lineTexts } from '../../i18n/sections/lines.ts';
import { orderTexts } from '../../i18n/sections/orders.ts';
import { stopTexts } from '../../i18n/sections/stops.ts';
import { useFormats, useT, useTexts } from '../../i18n/use-t.ts';
import { liveStore, useLive } from '../../store/live.ts';
import { useReference } from '../reference.ts';
import { useStationNames } from '../station-name.ts';
import { tasksOf } from '../tasks/selectors.ts';
import { type StoryEntry, storyOf, type StoryWords } from './story.ts';

/** The story of an incident in the language in use. */
export function useStory(incident: WorldIncident): readonly StoryEntry[] {
  const words = useStoryWords();
  const all = useLive(live => live.world.tasks);
  return useMemo(() => storyOf(incident, tasksOf(all, incident.id), words), [incident, all, words]);
}

function useStoryWords(): StoryWords {
  const t = useT();
  const { story } = useTexts(deskTexts);
  const lines = useTexts(lineTexts);
  const clocks = useTexts(clockTexts);
  const orders = useTexts(orderTexts);
  const stops = useTexts(stopTexts);
  const formats = useFormats();
  const users = useReference(reference => reference.users);
  const stationName = useStationNames();
  return useMemo((): StoryWords => {
    const unit = (id: string) => liveStore.getState().world.units[id]?.callsign ?? id;
    const person = (id: string) => users.find(each => each.id === id)?.displayName ?? id;
    return {
      opened: ({ risk, scamType }) => story.opened(t.risk[risk], t.scam[scamType]),
      repeated: story.repeated,
      closed: ({ outcome }) => story.closed(outcome === null ? '' : t.incident.outcomes[outcome]),
      sighting: (kind, late) => story.sighting(t.sighting.kind[kind], late),
      request: ({ askedOf, state }) => story.request(lines.source[askedOf], lines.requestState[state]),
      taskOrdered: ({ unitId }) => story.taskOrdered(unit(unitId)),
      task: ({ unitId, state, outcome }) =>
        story.task(unit(unitId), outcome ? story.outcome[outcome] : story.taskState[state]),
      contact: ({ channel, outcome }) => story.contact(lines.channel[channel], lines.outcome[outcome]),
      called: story.called,
      answered: story.answered,
      stopRequested: ({ bank }) => story.stop(bank, stops.state.requested),
      stop: ({ bank, state, amountHeld }) => {
        const held = amountHeld === null ? '' : ` · ${story.held(formats.yuan(amountHeld))}`;
        return story.stop(bank, stops.state[state] + held);
      },
      order: (stationId, state) => story.order(stationName(stationId) ?? stationId, orders.state[state]),
      clock: (kind, how) => {
        const name = clocks.kind[kind];
        const said = {
          due: story.clockDue,
          breached: story.clockBreached,
          met: story.clockDone,
          late: story.clockLate,
        };
        return said[how](name);
      },
      meeting: story.meeting,
      step: story.step,
      revisit: story.revisit,
      note: by => story.note(person(by)),
    };
  }, [t, story, lines, clocks, orders, stops, formats, users, stationName]);
}
