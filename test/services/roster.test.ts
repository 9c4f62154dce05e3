import { utils, write } from '@e965/xlsx';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RosterProblem } from '../../server/contract/roster.ts';
import { fromNow, openTrace, type TestApp, testApp } from '../builders/app.ts';
import { bank, inEast } from '../builders/county.ts';
import { describeEachDatabase } from '../builders/database.ts';

const hour = 3_600_000;

describeEachDatabase('rosters', makeDatabase => {
  let app: TestApp;
  let count = 0;
  beforeAll(async () => {
    app = await testApp(await makeDatabase());
  });
  afterAll(() => app.close());
  const leader = (method: string, path: string, body?: unknown) => app.as('leader')(method, path, body);

  const unit = async (stationId = 'st-east') => {
    const crew = { sworn: 0, auxiliary: 4 };
    const body = { callsign: `巡组-${++count}`, kind: 'car', stationId, crew };
    return (await leader('POST', '/api/units', body)).body as { id: string; callsign: string };
  };
  const officer = async (more: Record<string, unknown> = {}) => {
    const body = {
      name: `警员${++count}`,
      badgeNumber: `0${10_000 + count}`,
      sworn: true,
      stationId: 'st-east',
      ...more,
    };
    const { officerId } = (await leader('POST', '/api/officers', body)).body as { officerId: string };
    return { ...body, id: officerId };
  };
  const vehicle = async (more: Record<string, unknown> = {}) => {
    const body = { plate: `云A${1000 + ++count}警`, kind: 'car', stationId: 'st-east', ...more };
    const { vehicleId } = (await leader('POST', '/api/vehicles', body)).body as { vehicleId: string };
    return { ...body, id: vehicleId };
  };
  /** Hours from now. */
  const plan = (unitId: string, from: number, to: number, more: Record<string, unknown> = {}) =>
    leader('POST', '/api/shifts', {
      unitId,
      startsAt: fromNow(app.clock, from * hour),
      endsAt: fromNow(app.clock, to * hour),
      officerIds: [],
      ...more,
    });
  const listed = async (unitId: string) => {
    const { items } = (await leader('GET', '/api/units?limit=1000')).body;
    return items.find(({ id }: { id: string }) => id === unitId);
  };
  const roster = async (from = -48, to = 72, ask = app.as('leader')) => {
    const query = new URLSearchParams({
      from: fromNow(app.clock, from * hour),
      to: fromNow(app.clock, to * hour),
    });
    return ask('GET', `/api/roster?${query}`);
  };

  it('officers and vehicles: once each, phones masked, changed and removed', async () => {
    const wang = await officer({ name: '王强', phone: '138 0000 1234' });
    expect((await leader('POST', '/api/officers', { ...wang, name: '别人' })).status).toBe(409);
    const other = await officer();
    expect(
      (await leader('PATCH', `/api/officers/${other.id}`, { badgeNumber: wang.badgeNumber })).status,
    ).toBe(409);
    expect((await leader('PATCH', `/api/officers/${other.id}`, { name: '新名' })).status).toBe(200);
    expect(
      (await leader('POST', '/api/officers', { ...other, badgeNumber: 'x', stationId: 'no' })).status,
    ).toBe(400);
    const car = await vehicle();
    expect((await leader('POST', '/api/vehicles', { plate: car.plate, kind: 'car' })).status).toBe(409);
    expect((await leader('PATCH', `/api/vehicles/${car.id}`, { inService: false })).status).toBe(200);
    const { body } = await roster();
    expect(body.officers.find(({ id }: { id: string }) => id === wang.id)).toEqual({
      id: wang.id,
      name: '王强',
      badgeNumber: wang.badgeNumber,
      sworn: true,
      stationId: 'st-east',
      phoneMasked: '138****1234',
    });
    expect(body.vehicles.find(({ id }: { id: string }) => id === car.id).inService).toBe(false);
    expect((await leader('DELETE', `/api/officers/${wang.id}`)).status).toBe(200);
    expect((await leader('DELETE', `/api/officers/${wang.id}`)).status).toBe(404);
    expect((await leader('DELETE', `/api/vehicles/${car.id}`)).status).toBe(200);
    const again = await officer({ badgeNumber: wang.badgeNumber });
    expect(again.id, 'the number of who left may be given again').toMatch(/^off_/);
  });

  it('a shift says who is in the unit and until when; off duty it is not ordered', async () => {
    const { id } = await unit();
    expect(await listed(id)).toMatchObject({ onDuty: true, why: 'noRoster', availableUntil: null });
    const sworn = await officer();
    const auxiliary = await officer({ sworn: false });
    const planned = await plan(id, -1, 2, {
      officerIds: [sworn.id, auxiliary.id],
      vehicleId: (await vehicle()).id,
    });
    expect(planned.status).toBe(201);
    const until = fromNow(app.clock, 2 * hour);
    expect(await listed(id)).toMatchObject({
      onDuty: true,
      why: 'onShift',
      availableUntil: until,
      crew: { sworn: 1, auxiliary: 1 },
    });
    await app.settled();
    expect(app.deps.live.world().units[id]!.shifts).toEqual([
      {
        id: planned.body.shiftId,
        startsAt: fromNow(app.clock, -hour),
        endsAt: until,
        crew: { sworn: 1, auxiliary: 1 },
      },
    ]);
    const { incidentId } = await openTrace(app);
    const order = () =>
      leader('POST', `/api/incidents/${incidentId}/tasks`, {
        unitId: id,
        placeId: bank.id,
        method: 'clerkAsked',
      });
    const ordered = await order();
    expect([ordered.status, ordered.body.needsSworn], 'the shift brought an officer').toEqual([201, false]);
    await leader('POST', `/api/tasks/${ordered.body.taskId}/cancel`);
    await leader('PATCH', `/api/officers/${sworn.id}`, { sworn: false });
    expect((await listed(id)).crew, 'shifts ahead follow the officer').toEqual({ sworn: 0, auxiliary: 2 });
    await app.settled();
    expect(app.deps.live.world().units[id]!.shifts[0]!.crew).toEqual({ sworn: 0, auxiliary: 2 });
    const ended = { startsAt: fromNow(app.clock, -3 * hour), endsAt: fromNow(app.clock, -hour) };
    expect((await leader('PATCH', `/api/shifts/${planned.body.shiftId}`, ended)).status).toBe(200);
    expect(await listed(id)).toMatchObject({ onDuty: false, why: 'shiftEnded', availableUntil: null });
    const refused = await order();
    expect([refused.status, refused.body.error.details.why]).toEqual([409, 'shiftEnded']);
    await app.settled();
    const { unavailable } = (
      await leader('GET', `/api/units/nearest?lng=${inEast.lng}&lat=${inEast.lat}&by=line&limit=100`)
    ).body;
    expect(unavailable.find(({ unitId }: { unitId: string }) => unitId === id)).toMatchObject({
      why: 'offDuty',
      nextShiftAt: null,
      distanceM: null,
    });
    expect((await leader('DELETE', `/api/shifts/${planned.body.shiftId}`)).status).toBe(200);
    expect(await listed(id)).toMatchObject({ onDuty: true, why: 'noRoster' });
    expect((await leader('DELETE', `/api/shifts/${planned.body.shiftId}`)).status).toBe(404);
  });

  it('nobody and nothing is in two shifts at once; the refusal names both', async () => {
    const [first, second] = [await unit(), await unit()];
    const [li, car] = [await officer({ name: '李明' }), await vehicle()];
    const { shiftId } = (await plan(first.id, 10, 18, { officerIds: [li.id], vehicleId: car.id })).body;
    const clash = await plan(second.id, 17, 20, { officerIds: [li.id], vehicleId: car.id });
    expect(clash.status).toBe(409);
    expect(clash.body.error.message).toContain(first.callsign);
    expect(clash.body.error.message).toContain(second.callsign);
    expect(clash.body.error.details.clashes).toEqual([
      expect.objectContaining({ what: 'vehicle', id: car.id, shiftId, callsign: first.callsign }),
      expect.objectContaining({ what: 'officer', id: li.id, name: '李明' }),
    ]);
    expect((await plan(first.id, 12, 13)).body.error.details.clashes[0].what).toBe('unit');
    expect((await plan(second.id, 18, 20, { officerIds: [li.id, li.id], vehicleId: car.id })).status).toBe(
      201,
    );
    const longer = { endsAt: fromNow(app.clock, 19 * hour) };
    expect((await leader('PATCH', `/api/shifts/${shiftId}`, longer)).status).toBe(409);
    expect(
      (await leader('PATCH', `/api/shifts/${shiftId}`, { ...longer, officerIds: [], vehicleId: null }))
        .status,
    ).toBe(200);
    expect((await leader('DELETE', `/api/officers/${li.id}`)).status, 'planned ahead').toBe(409);
    expect((await leader('DELETE', `/api/vehicles/${car.id}`)).status).toBe(409);
    await leader('PATCH', `/api/vehicles/${car.id}`, { inService: false });
    expect((await plan(first.id, 30, 31, { vehicleId: car.id })).status, 'out of service').toBe(409);
  });

  it('bodies that cannot be are refused', async () => {
    const { id } = await unit();
    expect((await plan(id, 2, 1)).status).toBe(400);
    expect((await plan(id, 0, 37)).status).toBe(400);
    expect((await plan('unt_no', 0, 1)).status).toBe(400);
    expect((await plan(id, 0, 1, { officerIds: ['off_no'] })).status).toBe(400);
    expect((await plan(id, 0, 1, { vehicleId: 'veh_no' })).status).toBe(400);
    const { shiftId } = (await plan(id, 0, 1)).body;
    expect(
      (await leader('PATCH', `/api/shifts/${shiftId}`, { endsAt: fromNow(app.clock, -hour) })).status,
    ).toBe(400);
    expect((await roster(0, 24 * 63)).status).toBe(400);
  });

  it('of many who plan the same officer at once exactly one succeeds', async () => {
    const zhao = await officer();
    const units = await Promise.all([unit(), unit(), unit(), unit()]);
    const answers = await Promise.all(units.map(({ id }) => plan(id, 100, 108, { officerIds: [zhao.id] })));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409, 409, 409]);
  });

  it('S6 a station plans and sees its own', async () => {
    const [own, foreign] = [await unit(), await unit('st-west')];
    const stranger = await officer({ stationId: 'st-west' });
    const { shiftId } = (await plan(foreign.id, 200, 208)).body;
    const station = app.as('station');
    const body = {
      startsAt: fromNow(app.clock, 200 * hour),
      endsAt: fromNow(app.clock, 208 * hour),
      officerIds: [],
    };
    expect((await station('POST', '/api/shifts', { ...body, unitId: own.id })).status).toBe(201);
    expect((await station('POST', '/api/shifts', { ...body, unitId: foreign.id })).status).toBe(400);
    expect(
      (await station('POST', '/api/shifts', { ...body, unitId: own.id, officerIds: [stranger.id] })).status,
    ).toBe(400);
    const hidden = await station('DELETE', `/api/shifts/${shiftId}`);
    expect([hidden.status, hidden.body]).toEqual([404, (await station('DELETE', '/api/shifts/shf_no')).body]);
    expect((await station('PATCH', `/api/officers/${stranger.id}`, { name: 'x' })).status).toBe(404);
    expect(
      (
        await station('POST', '/api/officers', {
          name: 'x',
          badgeNumber: 'y',
          sworn: true,
          stationId: 'st-west',
        })
      ).status,
    ).toBe(404);
    const seen = (await roster(-48, 300, station)).body;
    expect(seen.units.map(({ id }: { id: string }) => id)).not.toContain(foreign.id);
    expect(seen.shifts.map(({ id }: { id: string }) => id)).not.toContain(shiftId);
    expect(seen.officers.map(({ id }: { id: string }) => id)).not.toContain(stranger.id);
    const now = (await station('GET', '/api/roster/now')).body;
    expect(now.stations.map(({ stationId }: { stationId: string }) => stationId)).toEqual(['st-east']);
    const county = (await leader('GET', '/api/roster/now')).body;
    expect(county.stations).toHaveLength(2);
    expect((await app.as('field')('POST', '/api/shifts', { ...body, unitId: own.id })).status).toBe(403);
    expect((await app.as('wall')('GET', '/api/roster/now')).status).toBe(403);
  });

  it('log and audit name nobody', async () => {
    const named = await officer({ name: '金丝雀', phone: '13912345678' });
    await plan((await unit()).id, 300, 301, { officerIds: [named.id] });
    const { rows } = await app.database.pool.query<{ text: string }>(
      "select (select string_agg(e::text, ' ') from domain_event e) || (select string_agg(a::text, ' ') from audit_entry a) as text",
    );
    expect(rows[0]!.text).not.toContain('金丝雀');
    expect(rows[0]!.text).not.toContain('13912345678');
    expect(app.logLines.join('')).not.toContain('13912345678');
  });

  it('tables: previewed row by row, planned all or none', async () => {
    const [one, two] = [await unit(), await unit()];
    const [chen, car] = [await officer({ name: '陈静' }), await vehicle()];
    const send = async (bytes: BodyInit, query = '') => {
      const response = await app.app.request(`/api/roster/import${query}`, {
        method: 'POST',
        headers: { ...app.credentials('leader'), 'content-type': 'application/octet-stream' },
        body: bytes,
      });
      return { status: response.status, body: await response.json() };
    };
    const head = '日期,开始,结束,呼号,人员,车牌\n';
    const good = `2027-01-05,20:00,08:00,${one.callsign},陈静,${car.plate}\n`;
    const broken = await send(
      `${head}${good}2027-01-06,8点,18:00,${two.callsign},无此人,\n昨天,8:00,18:00,${two.callsign},,\n2027年1月6日,07:00,9:00,${two.callsign},${chen.badgeNumber},\n`,
    );
    expect(broken.status).toBe(200);
    expect(broken.body).toMatchObject({ rows: 4, applied: false });
    expect(
      broken.body.problems.map(({ row, column, code, value }: RosterProblem) => [row, column, code, value]),
    ).toEqual([
      [3, 'officers', 'noOfficer', '无此人'],
      [4, 'date', 'notDate', '昨天'],
      [5, null, 'clash', null],
    ]);
    expect(broken.body.problems[2].clashes).toMatchObject([{ what: 'officer', name: '陈静' }]);
    expect(broken.body.problems[2].message, 'the night shift of row 2 ends at 08:00').toContain('陈静');
    const empty = await app.database.pool.query('select from shift where unit_id = $1', [one.id]);
    expect(empty.rowCount).toBe(0);
    const preview = await send(head + good, '?preview=true');
    expect(preview.body).toEqual({
      rows: 1,
      problems: [],
      applied: false,
      shifts: [
        {
          row: 2,
          callsign: one.callsign,
          startsAt: '2027-01-05T12:00:00.000Z',
          endsAt: '2027-01-06T00:00:00.000Z',
          officers: ['陈静'],
          plate: car.plate,
        },
      ],
    });
    expect((await app.database.pool.query('select from shift where unit_id = $1', [one.id])).rowCount).toBe(
      0,
    );
    await leader('PATCH', `/api/vehicles/${car.id}`, { inService: false });
    expect((await send(head + good, '?preview=true')).body.problems).toMatchObject([
      { row: 2, column: 'vehicle', code: 'vehicleDown', value: car.plate },
    ]);
    await leader('PATCH', `/api/vehicles/${car.id}`, { inService: true });
    expect((await send(head + good)).body.applied).toBe(true);
    const book = utils.book_new();
    const sheet = utils.aoa_to_sheet([
      ['日期', '开始', '结束', '呼号', '人员', '车牌'],
      [
        { t: 'n', v: 46_397, z: 'yyyy-mm-dd' },
        { t: 'n', v: 1 / 3, z: 'hh:mm' },
        '18:00',
        one.callsign,
        '',
        '',
      ],
    ]);
    utils.book_append_sheet(book, sheet, '排班');
    const xlsx = await send(new Uint8Array(write(book, { type: 'array', bookType: 'xlsx' }) as ArrayBuffer));
    expect(xlsx.body).toMatchObject({
      applied: true,
      shifts: [{ startsAt: '2027-01-10T00:00:00.000Z', endsAt: '2027-01-10T10:00:00.000Z' }],
    });
    expect((await send('')).status).toBe(400);
  });
});
