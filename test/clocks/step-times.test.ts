/** What steps took is read from the tables as it stands there. */
import { sql } from 'drizzle-orm';
import { afterEach, expect, it } from 'vitest';
import { stepMedians } from '../../db/queries/loop/step-times.ts';
import { SYSTEM } from '../../db/transaction.ts';
import { alertBody, type TestApp, testApp } from '../builders/app.ts';
import { inEast } from '../builders/county.ts';
import { describeEachDatabase } from '../builders/database.ts';

describeEachDatabase('step times', makeDatabase => {
  let app: TestApp;
  afterEach(() => app.close());

  it('the median of each step that was done, and how often; what began too long ago does not count', async () => {
    app = await testApp(await makeDatabase());
    const body = alertBody({ risk: 'low' }, { phone: '13900000001', home: inEast });
    const { incidentId } = (await app.as('operator')('POST', '/api/alerts', body)).body;
    await app.database.maintain(async tx => {
      await tx.execute(sql`delete from dispatch_order`);
      // One a day, signed for after 10, 20 … 210 s; every third one set out 5 minutes later.
      await tx.execute(sql`insert into dispatch_order
          (id, incident_id, station_id, basis, state, issued_by, issued_at, acknowledged_at, under_way_at, ended_at)
        select 'ord_' || n, ${incidentId}, 'st-east', 'home', 'cancelled', 'x', issued, issued + n * interval '10 s',
          case when n % 3 = 0 then issued + n * interval '10 s' + interval '5 min' end, issued + interval '1 h'
        from (select n, timestamptz '2026-11-01T00:00:00Z' + n * interval '1 day' as issued from generate_series(1, 21) n) each`);
    });
    const since = (day: string) =>
      app.database.read(tx => stepMedians(tx, new Date(`${day}T00:00:00Z`)), SYSTEM);
    const all = Object.fromEntries((await since('2026-11-01')).map(each => [each.step, each]));
    expect(all['acknowledgeS']).toEqual({ step: 'acknowledgeS', count: 21, medianS: 110 });
    expect(all['setOutS']).toEqual({ step: 'setOutS', count: 7, medianS: 300 });
    expect(all['travelS']).toBeUndefined();
    const newest = (await since('2026-11-20')).find(({ step }) => step === 'acknowledgeS');
    expect(newest).toEqual({ step: 'acknowledgeS', count: 3, medianS: 200 });
  });
});
