/** A time of day on the map, in the county's own time whatever the machine's zone is. */
const clock = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Shanghai',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** `09:41` */
export const clockText = (atMs: number): string => clock.format(atMs);
