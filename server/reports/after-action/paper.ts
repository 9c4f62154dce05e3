/** The after-action report on paper: A4 across, Chinese, the watermark at the foot of each page and in the file's properties. */
import type { AfterAction, AfterActionMap } from '#contract/after-action.ts';
import { mapFrame } from '#contract/after-action-frame.ts';
import { clockSaid, fateOf } from '#contract/after-action-said.ts';
import { afterActionWords as words } from '#contract/after-action-words.ts';
import { changeSaid, differenceSaid } from '#contract/what-if-said.ts';
import { bulletinWords } from '#contract/bulletin-words.ts';
import { type Drawing, Pen } from '../pen.ts';
import { type Cell, stamp } from '../tables.ts';
import type { Mark } from '../xlsx.ts';

const clock = (at: string | null): string => (at === null ? bulletinWords.none : stamp(at).slice(5));

/** The bytes of a PDF file. */
export function afterActionPaper(report: AfterAction, mark: Mark): Promise<Uint8Array> {
  const made = new Date(mark.at);
  const title = words.incident(report.day, report.number);
  const pen = new Pen({
    Title: `${words.title} ${title}`,
    Author: mark.user,
    Subject: mark.line,
    CreationDate: made,
    ModDate: made,
  });
  pen.paragraph(words.title, { size: 20, weight: 700 });
  pen.paragraph(`${title} · ${words.hint}`, { color: '#5b6b7d' });
  table(pen, Object.values(words.head), [
    [
      report.nameMasked ?? bulletinWords.someone,
      bulletinWords.scams[report.scamType],
      bulletinWords.risks[report.risk],
      report.stationName ?? bulletinWords.noStation,
      stamp(report.openedAt),
      report.closedAt === null ? words.open_ : stamp(report.closedAt),
      report.outcome === null ? bulletinWords.none : words.outcomes[report.outcome],
      words.yuan(String(report.heldAmount)),
    ],
  ]);
  pen.heading(words.clocksTitle);
  table(
    pen,
    words.clockColumns,
    report.clocks.map(each => [
      words.clocks[each.kind],
      clock(each.startedAt),
      clock(each.dueAt),
      clock(each.stoppedAt),
      clockSaid(each, words),
    ]),
  );
  pen.heading(words.known);
  pen.paragraph(words.knownHint, { size: 9, color: '#5b6b7d' });
  table(
    pen,
    words.knownColumns,
    report.known.map(each => [
      words.sightings[each.kind],
      clock(each.observedAt),
      clock(each.receivedAt),
      words.duration(each.delayS),
      fateOf(each, words, clock),
    ]),
  );
  pen.heading(words.tasks);
  table(
    pen,
    words.taskColumns,
    report.tasks.map((task, index) => [
      index + 1,
      task.callsign,
      task.place,
      words.methods[task.method],
      clock(task.orderedAt),
      clock(task.arrivedAt),
      clock(task.endedAt),
      task.outcome === null ? words.taskStates[task.state] : words.taskOutcomes[task.outcome],
      task.reason,
    ]),
  );
  pen.heading(words.stops);
  table(
    pen,
    words.stopColumns,
    report.stops.map(stop => [
      stop.bank,
      words.stopStates[stop.state],
      clock(stop.requestedAt),
      clock(stop.changedAt),
      stop.amountHeld,
      stop.corrections,
    ]),
  );
  if (report.whatIfs.length > 0) {
    pen.heading(words.whatIfs);
    pen.paragraph(words.whatIfHint, { size: 9, color: '#5b6b7d' });
    table(
      pen,
      words.whatIfColumns,
      report.whatIfs.map(({ at, changes, policy, result }) => [
        clock(at),
        changes.map(change => changeSaid(change, words, clock)).join('；'),
        words.policies[policy],
        differenceSaid(result, words),
        result.draws,
      ]),
    );
  }
  pen.heading(words.timeline);
  for (const told of report.timeline) pen.paragraph(bulletinWords.fact(told, stamp(told.at)));
  if (report.map) maps(pen, report.map);
  return pen.finish((page, pages) => `${mark.line} · ${page}/${pages}`);
}

function table(pen: Pen, head: readonly string[], rows: Cell[][]): void {
  if (rows.length === 0) pen.paragraph(words.none);
  else pen.table({ title: '', head: [...head], rows });
}

const trackInks = ['#1f3fae', '#00695c', '#7a4a00', '#6a1b9a', '#b3261e', '#4d6200'];
const pictureHeight = 400;

function maps(pen: Pen, map: AfterActionMap): void {
  map.until.forEach((minutes, index) => {
    const whole = index === map.until.length - 1;
    pen.picture(`${words.maps} · ${whole ? words.whole : words.first(minutes)}`, pictureHeight, drawing =>
      draw(drawing, map, minutes),
    );
    pen.paragraph(words.mapHint, { size: 8, color: '#5b6b7d' });
  });
}

function draw({ document, x, y, width, height, write }: Drawing, map: AfterActionMap, minutes: number): void {
  const frame = mapFrame(map.bounds, width, height);
  const at = ([lng, lat]: readonly number[]): [number, number] => [x + frame.x(lng!), y + frame.y(lat!)];
  document.save();
  document.rect(x, y, width, height).clip();
  const line = (points: readonly (readonly number[])[], ink: string, thick: number) => {
    if (points.length < 2) return;
    document.moveTo(...at(points[0]!));
    for (const point of points.slice(1)) document.lineTo(...at(point));
    document.lineWidth(thick).stroke(ink);
  };
  for (const road of map.roads) line(road, '#c3ced9', 0.7);
  map.tracks.forEach(({ points }, index) =>
    line(
      points.filter(point => point[2]! <= minutes),
      trackInks[index % trackInks.length]!,
      1.6,
    ),
  );
  for (const { name, lng, lat } of map.stations) {
    const [left, top] = at([lng, lat]);
    document.rect(left - 4, top - 4, 8, 8).fill('#16202c');
    write(name, left + 6, top - 5, 8);
  }
  for (const { number, lng, lat } of map.places) {
    const [left, top] = at([lng, lat]);
    document.circle(left, top, 7).fill('#b3261e');
    write(String(number), left - (number > 9 ? 4.5 : 2.2), top - 4.6, 8, '#ffffff');
  }
  map.tracks.forEach(({ callsign, points }, index) => {
    const last = points.findLast(point => point[2]! <= minutes);
    if (!last) return;
    const [left, top] = at(last);
    document.circle(left, top, 3.2).fill(trackInks[index % trackInks.length]!);
    write(callsign, left + 5, top + 2, 7.5, trackInks[index % trackInks.length]!);
  });
  document.restore();
  document.rect(x, y, width, height).lineWidth(0.7).stroke('#5b6b7d');
  document
    .moveTo(x + 10, y + height - 12)
    .lineTo(x + 10 + frame.bar.length, y + height - 12)
    .lineWidth(2)
    .stroke('#16202c');
  write(words.km(frame.bar.km), x + 10, y + height - 26, 8);
  document
    .moveTo(x + width - 16, y + 26)
    .lineTo(x + width - 16, y + 10)
    .lineWidth(1.5)
    .stroke('#16202c');
  write(words.north, x + width - 20, y + 28, 8);
}
