import { afterEach, expect, it } from 'vitest';
import { alertBody, type TestApp, testApp } from '../builders/app.ts';
import { describeEachDatabase } from '../builders/database.ts';

describeEachDatabase('notes of an incident', makeDatabase => {
  let app: TestApp;
  afterEach(() => app.close());

  it('are read by who works it, and log and audit know only that they are there', async () => {
    app = await testApp(await makeDatabase());
    const { incidentId } = (await app.as('operator')('POST', '/api/alerts', alertBody({}, {}))).body;
    const path = `/api/incidents/${incidentId}/notes`;
    const said = '丈夫说她常去城西的旧茶厂';
    const written = await app.as('operator')('POST', path, { text: `  ${said} ` });
    expect(written.status).toBe(201);
    const { noteId } = written.body;
    app.clock.advance(1000);
    await app.as('leader')('POST', path, { text: '转告茶口派出所' });
    const { body } = await app.as('trace')('GET', path);
    expect(body.items).toMatchObject([
      { text: '转告茶口派出所', writtenBy: 'leader' },
      { id: noteId, text: said, writtenBy: 'operator' },
    ]);
    await app.settled();
    const { notes } = app.deps.live.world().incidents[incidentId]!;
    expect(notes?.map(({ id, by }) => [id, by])).toEqual([
      [noteId, 'operator'],
      [body.items[0].id, 'leader'],
    ]);
    const kept = await app.database.pool.query(
      `select (select string_agg(payload::text, '') from domain_event) as log,
              (select string_agg(detail::text || coalesce(reason, ''), '') from audit_entry) as audit`,
    );
    expect(JSON.stringify(kept.rows)).not.toContain('茶厂');
    const audit = await app.database.pool.query(
      `select actor, resource from audit_entry where action = 'note.write' order by seq`,
    );
    expect(audit.rows[0]).toEqual({ actor: 'user:operator', resource: noteId });
  });

  it('an empty one is refused, an auditor has no part in it, and a closed incident still takes one', async () => {
    app = await testApp(await makeDatabase());
    const { incidentId } = (await app.as('operator')('POST', '/api/alerts', alertBody({}, {}))).body;
    const path = `/api/incidents/${incidentId}/notes`;
    expect((await app.as('operator')('POST', path, { text: ' ' })).status).toBe(400);
    expect((await app.as('auditor')('POST', path, { text: '看看' })).status).toBe(403);
    await app.as('leader')('POST', `/api/incidents/${incidentId}/close`, { outcome: 'falseAlarm' });
    expect((await app.as('leader')('POST', path, { text: '次日回访' })).status).toBe(201);
  });
});
