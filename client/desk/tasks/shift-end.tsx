import type { SearchMethod } from '#contract/sighting.ts';
import { searchMinutes } from '#domain/task.ts';
import type { NearestUnit } from '../../api/reference.ts';
import { taskTexts } from '../../i18n/sections/tasks.ts';
import { useFormats, useTexts } from '../../i18n/use-t.ts';

/** A look that nobody has chosen yet is taken to last this long. */
const usualMinutes = 5;

/** Until when a unit is on duty; a warning when way and look would take longer. */
export function ShiftEnd({ unit, method }: { unit: NearestUnit; method: SearchMethod | null }) {
  const texts = useTexts(taskTexts);
  const formats = useFormats();
  const { availableUntil, etaAt } = unit;
  if (availableUntil === null) return null;
  const minutes = method === null ? usualMinutes : searchMinutes(method);
  const endsAt = Date.parse(availableUntil);
  const tooLate = Date.parse(etaAt) + minutes * 60_000 > endsAt;
  const time = formats.timeShort(endsAt);
  return <span data-warn={tooLate || undefined}>{tooLate ? texts.tooLate(time) : texts.until(time)}</span>;
}
