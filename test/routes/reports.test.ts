import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Bulletin, type BulletinRow, figureNames, timedSteps } from '#contract/bulletin.ts';
import { bulletinWords as words } from '#contract/bulletin-words.ts';
import { nameOf } from '../../server/reports/tables.ts';
import { alertBody, fromNow, type TestApp, testApp } from '../builders/app.ts';
import { inEast, inWest } from '../builders/county.ts';
import { describeEachDatabase } from '../builders/database.ts';
import { paperText, workbookText } from '../reports/readers.ts';
import { hasSpreadsheet, sheetsOf } from '../reports/spreadsheet.ts';
import { recount, seedWeeks } from '../reports/weeks.ts';

describeEachDatabase('the weekly bulletin', makeDatabase => {
  let app: TestApp;
  const weeks = ['2026-W44', '2026-W45', '2026-W46'];
  beforeAll(async () => {
    app = await testApp(await makeDatabase());
    const seeding = { fromMs: Date.parse('2026-10-20T00:00:00Z'), toMs: Date.parse('2026-11-14T00:00:00Z') };
    await seedWeeks(app.database, { seed: 7, count: 90, ...seeding });
  });
  afterAll(() => app.close());

  const ask = async (query: string, as = app.as('leader')) => {
    const answer = await as('GET', `/api/reports/weekly?${query}`);
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    return answer.body as Bulletin;
  };
  const of = (rows: readonly BulletinRow[], stationId: unknown) =>
    rows.find(row => row.stationId === stationId)!.figures;

  it('every number equals a count of the tables in plain SQL', async () => {
    let orders = 0;
    for (const week of weeks) {
      const bulletin = await ask(`week=${week}`);
      for (const { stations, from, to } of [bulletin, bulletin.yearToDate]) {
        const counted = await recount(app.database, from, to);
        for (const { stationId, issued, ...times } of counted.orders) {
          const figures = of(stations, stationId);
          orders += Number(issued);
          expect(figures.issued).toBe(issued);
          const { acknowledge: a, underWay: u, feedback: f } = figures;
          expect({ a0: a[0], a1: a[1], a2: a[2], a3: a[3], u0: u[0], u3: u[3], f0: f[0], f2: f[2] }).toEqual(
            times,
          );
        }
        for (const part of ['meetings', 'people', 'stops', 'revisits', 'checks'] as const)
          for (const { stationId, ...expected } of counted[part])
            expect(of(stations, stationId), `${week} ${part} ${String(stationId)}`).toMatchObject(expected);
      }
      const { total, stations } = bulletin;
      expect(total.figures.due).toBe(stations.reduce((sum, { figures }) => sum + figures.due, 0));
      expect(total.rates.meeting.of).toBe(total.figures.due);
    }
    expect(orders).toBeGreaterThan(100);
  });

  it('an outcome that is reported later restates its week with a mark, and the same instant gives the same bytes', async () => {
    const before = await ask('week=2026-W45');
    const [{ id } = { id: '' }] = (await app.database.maintain(
      async tx =>
        (
          await tx.execute(sql`select id from incident where opened_at >= '2026-11-03T00:00:00Z' and opened_at < '2026-11-07T00:00:00Z'
          and id not in (select incident_id from outcome_report) order by id limit 1`)
        ).rows,
    )) as { id: string }[];
    app.clock.advance(3_600_000);
    const body = {
      reportedAt: fromNow(app.clock, -60_000),
      transferredAfterAlert: true,
      lossAmount: 180_000,
      caseNumber: '立字〔2026〕9号',
    };
    expect((await app.as('leader')('POST', `/api/incidents/${id}/outcomes`, body)).status).toBe(201);
    const recordedAt = fromNow(app.clock, 0);
    app.clock.advance(60_000);
    const after = await ask('week=2026-W45');
    expect(after.total.figures.lossAmount).toBeCloseTo(before.total.figures.lossAmount + 180_000, 2);
    const revised = after.revisions.find(({ total, figure }) => total && figure === 'lossAmount')!;
    expect(revised).toMatchObject({ after: after.total.figures.lossAmount, at: recordedAt });
    const text = async (asOf: string) => JSON.stringify(await ask(`week=2026-W45&asOf=${asOf}`));
    expect(await text(before.asOf)).toBe(JSON.stringify(before));
    const published = JSON.parse(await text(after.publishedAt)) as Bulletin;
    expect(published.revisions).toEqual([]);
    expect(revised.before).toBe(published.total.figures.lossAmount);
    expect(after.yearToDate.yearBefore).toBeNull();
  });

  it('stations see all counts and no foreign case; the typical case is told without her name', async () => {
    const leader = app.as('leader');
    const phone = '13900007777';
    const told = await leader(
      'POST',
      '/api/alerts',
      alertBody({ risk: 'extraHigh', amount: 50_000 }, { phone, home: inWest }),
    );
    const { incidentId } = told.body as { incidentId: string };
    await leader('POST', '/api/alerts', alertBody({}, { phone: '13900008888', home: inEast }));
    await app.settled();
    const order = Object.values(app.deps.live.world().incidents[incidentId]!.loop.orders)[0]!;
    app.clock.advance(20 * 60_000);
    for (const [step, body] of [
      ['acknowledge', {}],
      ['feedback', { text: '已见面', met: true }],
    ] as const) {
      const answer = await leader('POST', `/api/orders/${order.id}/${step}`, body);
      expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    }
    const all = await ask('week=2026-W47');
    expect(all.typicalCase).toMatchObject({
      incidentId,
      nameMasked: '赵**',
      risk: 'extraHigh',
      alertToMetS: 1200,
    });
    expect(all.typicalCase!.facts.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['alert', 'order', 'acknowledged']),
    );
    expect(JSON.stringify(all)).not.toMatch(/小兰|13900007777/);
    const west = all.stations.find(({ stationId }) => stationId === 'st-west')!;
    expect(west.figures).toMatchObject({ issued: 1, acknowledge: [0, 0, 0, 1] });
    const own = await ask('week=2026-W47', app.as('station'));
    expect(own.stations).toEqual(all.stations);
    expect(own.typicalCase).toBeNull();
    expect(new Set(all.unclosed.map(({ stationId }) => stationId))).toEqual(new Set(['st-east', 'st-west']));
    expect(new Set(own.unclosed.map(({ stationId }) => stationId))).toEqual(new Set(['st-east']));
  });

  it('leaves as a workbook and on paper with a watermark that the audit knows; other readers read the same numbers', async () => {
    const bulletin = await ask('week=2026-W45');
    for (const [format, read] of [
      ['xlsx', workbookText],
      ['pdf', paperText],
    ] as const) {
      const response = await app.app.request(`/api/reports/weekly?week=2026-W45&format=${format}`, {
        headers: app.credentials('analyst'),
      });
      expect(response.status).toBe(200);
      const exportId = response.headers.get('X-Export-Id')!;
      const text = read(new Uint8Array(await response.arrayBuffer()));
      const { figures } = bulletin.total;
      for (const words of [
        '反诈预警劝阻一周通报',
        '2026-W45',
        '茶口派出所',
        '见面率',
        '年终考核',
        exportId,
        String(figures.lossAmount),
      ])
        expect(text, format).toContain(words);
      expect(text).toContain(`（${figures.metInTime}/${figures.due}，`);
      const rows = await app.database.maintain(
        async tx =>
          (
            await tx.execute(
              sql`select actor, detail from audit_entry where action = 'report.export' and resource = ${exportId}`,
            )
          ).rows,
      );
      expect(rows).toEqual([
        { actor: 'user:analyst', detail: { week: '2026-W45', asOf: bulletin.asOf, format } },
      ]);
    }
    const refused = await app.as('station')('GET', '/api/reports/weekly?week=2026-W45&format=xlsx');
    expect(refused.status).toBe(403);
  });

  it.skipIf(!hasSpreadsheet)(
    'a spreadsheet program reads every figure that the page shows (openpyxl)',
    async () => {
      const bulletin = await ask('week=2026-W45');
      const response = await app.app.request(
        `/api/reports/weekly?week=2026-W45&asOf=${bulletin.asOf}&format=xlsx`,
        { headers: app.credentials('analyst') },
      );
      const sheets = await sheetsOf(new Uint8Array(await response.arrayBuffer()));
      /** What stands under the table's head, by the name in its first column. */
      const under = (sheet: string, head: string) => {
        const lines = sheets[sheet]!;
        const at = lines.findIndex(([first, second]) => first === head && second !== null);
        expect(at, `${sheet}: ${head}`).toBeGreaterThan(0);
        return new Map(lines.slice(at + 1).map(([name, ...cells]) => [name, cells]));
      };
      let compared = 0;
      for (const [sheet, { stations, total }] of [
        [words.week, bulletin],
        [words.yearToDate, bulletin.yearToDate],
      ] as const) {
        const read = under(sheet, words.station);
        for (const row of [...stations, { ...total, name: words.total }]) {
          const cells = read.get(nameOf(row))!;
          expect(cells.slice(0, figureNames.length), nameOf(row)).toEqual(
            figureNames.map(name => row.figures[name]),
          );
          compared += figureNames.length;
        }
      }
      const times = under(words.timesShort, words.station);
      for (const row of [...bulletin.stations, { ...bulletin.total, name: words.total }])
        expect(times.get(nameOf(row))!.filter(cell => cell !== null)).toEqual(
          timedSteps.flatMap(step => row.figures[step]),
        );
      const assessed = sheets[words.assessment]!.slice(-bulletin.assessment.length);
      expect(assessed.map(([place, name, points]) => [place, name, points])).toEqual(
        bulletin.assessment.map(({ place, name, points }) => [place, name, points]),
      );
      expect(sheets[words.unclosed]!.filter(([, , risk]) => risk !== null)).toHaveLength(
        bulletin.unclosed.length + 1,
      );
      expect([...under(words.revisions, words.station)]).not.toHaveLength(0);
      expect(compared).toBeGreaterThan(100);
    },
    60_000,
  );

  it('refuses weeks and instants that are not', async () => {
    for (const query of [
      'week=2026-W54',
      'week=2026-W50',
      'week=46',
      `week=2026-W45&asOf=${fromNow(app.clock, 60_000)}`,
    ])
      expect((await app.as('leader')('GET', `/api/reports/weekly?${query}`)).status, query).toBe(400);
  });
});
