import type { Duty } from '#domain/roster.ts';
import type { taskTexts } from '../../i18n/sections/tasks.ts';
import type { Formats } from '../../i18n/format.ts';

/** Whether a unit is on duty and until when, in words. */
export function dutyInWords(
  { why, until, next }: Duty,
  { dutySays }: (typeof taskTexts)['zh'],
  formats: Formats,
): string {
  const time = (at: string | null) => (at === null ? '' : formats.timeShort(Date.parse(at)));
  switch (why) {
    case 'noRoster':
      return dutySays.noRoster;
    case 'onShift':
      return dutySays.onShift(time(until));
    case 'notYet':
      return dutySays.notYet(time(next));
    case 'shiftEnded':
      return dutySays.shiftEnded;
  }
}
