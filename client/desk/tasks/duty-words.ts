import type { Duty } from '#domain/roster.ts';
import type { taskTexts } from '../../i18n/sections/tasks.ts';
import type { Formats } from '../../i18n/format.ts';

/** Whether a unit is on duty and until when, in the words of a page. */
export function dutyInWords(
  { why, until, next }: Pick<Duty, 'why' | 'until' | 'next'>,
  says: (typeof taskTexts)['zh']['dutySays'],
  formats: Formats,
): string {
  const time = (at: string | null) => (at === null ? '' : formats.timeShort(Date.parse(at)));
  switch (why) {
    case 'noRoster':
      return says.noRoster;
    case 'onShift':
      return says.onShift(time(until));
    case 'notYet':
      return says.notYet(time(next));
    case 'shiftEnded':
      return says.shiftEnded;
  }
}
