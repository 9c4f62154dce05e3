import type { Matter } from '#contract/handover.ts';
import { clockTexts } from '../i18n/sections/clocks.ts';
import { deskTexts } from '../i18n/sections/desk.ts';
import { handoverTexts } from '../i18n/sections/handover.ts';
import { lineTexts } from '../i18n/sections/lines.ts';
import { orderTexts } from '../i18n/sections/orders.ts';
import { useTexts } from '../i18n/use-t.ts';
import { useReference } from '../desk/reference.ts';
import { useStationNames } from '../desk/station-name.ts';
import { useLive } from '../store/live.ts';

/** A matter in words: what it is about, and who has promised it. */
export function useMatterWords() {
  const texts = useTexts(handoverTexts);
  const lines = useTexts(lineTexts);
  const clocks = useTexts(clockTexts);
  const orders = useTexts(orderTexts);
  const { story } = useTexts(deskTexts);
  const units = useLive(live => live.world.units);
  const users = useReference(reference => reference.users);
  const stationName = useStationNames();
  const more: Partial<Record<Matter['kind'], Readonly<Record<string, string>>>> = {
    call: lines.leader.because,
    clock: clocks.kind,
    request: lines.source,
    contact: lines.next,
    task: story.taskState,
    order: orders.state,
  };
  return {
    what: ({ kind, of }: Matter): string => {
      const said = kind === 'stop' ? of : more[kind]?.[of];
      return said === undefined ? texts.kind[kind] : `${texts.kind[kind]} · ${said}`;
    },
    by: ({ by }: Matter): string => {
      if (by === null) return texts.nobody;
      const name = {
        user: () => users.find(({ id }) => id === by.id)?.displayName,
        unit: () => units[by.id]?.callsign,
        station: () => stationName(by.id),
      }[by.kind]();
      return name ?? by.id;
    },
  };
}
