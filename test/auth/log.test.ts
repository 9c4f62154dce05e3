import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { maskName, maskPhone } from '../../server/auth/masking.ts';
import { createLog, redactText } from '../../server/log.ts';
import { alertBody, fromNow, openTrace, reasonHeader, type TestApp, testApp } from '../builders/app.ts';
import { describeEachDatabase } from '../builders/database.ts';

const canary = {
  name: '金丝雀',
  phone: '13987654321',
  idNumber: '53012619900101888X',
  address: '翠雀路 99号',
  vehicle: '云A99999',
};
const canaries = [...Object.values(canary), '139 8765 4321', '金丝雀的话'];

describeEachDatabase('S12 the log', makeDatabase => {
  let app: TestApp;
  beforeAll(async () => {
    app = await testApp(await makeDatabase());
  });
  afterAll(() => app.close());

  it('never holds what names a person, through a whole incident and its failures', async () => {
    const leader = app.as('leader');
    const { incidentId } = (await leader('POST', '/api/alerts', alertBody({ note: '金丝雀的话' }, canary)))
      .body;
    await leader('POST', '/api/alerts', alertBody({ risk: 'wrong' }, canary));
    await leader('POST', '/api/alerts', alertBody({}, { ...canary, phone: '139 8765 4321' }));
    await leader('GET', `/api/incidents/${incidentId}/subject?phone=${canary.phone}`);
    await leader('GET', `/api/places?q=${encodeURIComponent(canary.name)}`);
    await leader('GET', `/api/incidents/${canary.phone}`);
    const report = {
      kind: 'report',
      observedAt: fromNow(app.clock, 0),
      source: 's',
      credibility: 1,
      text: '金丝雀的话',
    };
    await leader('POST', `/api/incidents/${incidentId}/sightings`, report);
    const traced = await openTrace(app);
    await app.as('trace')('GET', `/api/incidents/${traced.incidentId}/sightings`, undefined, reasonHeader);
    // The driver's errors repeat the statement's values.
    await app.database.pool.query('alter table subject_private rename to hidden_away');
    try {
      expect((await leader('POST', '/api/alerts', alertBody({}, canary))).status).toBe(500);
      expect((await leader('GET', '/api/incidents')).status).toBe(500);
    } finally {
      await app.database.pool.query('alter table hidden_away rename to subject_private');
    }
    expect(app.logLines.length).toBeGreaterThan(5);
    const log = app.logLines.join('\n');
    expect(log).toContain('unforeseen error');
    for (const secret of canaries) expect(log).not.toContain(secret);
  });

  it('lists and details hold only masked numbers', async () => {
    const ask = app.as('operator');
    const { items } = (await ask('GET', '/api/incidents')).body;
    for (const { id } of items) {
      const text = JSON.stringify([(await ask('GET', `/api/incidents/${id}`)).body, items]);
      for (const secret of [canary.name, canary.phone, canary.idNumber]) expect(text).not.toContain(secret);
    }
  });
});

describe('redaction', () => {
  it('cuts numbers however they are written, and parameters', () => {
    const number = fc.stringMatching(/^\d{7,19}$/);
    fc.assert(
      fc.property(number, fc.constantFrom('', ' ', '-'), (digits, gap) => {
        const written = Array.from(digits).join(gap);
        expect(redactText(`value ${written} is wrong`)).toBe('value [number] is wrong');
      }),
    );
    expect(redactText('Failed query: insert\nparams: 赵,1')).toBe('Failed query: insert\nparams: [redacted]');
    expect(redactText('seq 123456 at line 42')).toBe('seq 123456 at line 42');
  });

  it('hides named fields and the causes of errors', () => {
    const lines: string[] = [];
    const log = createLog('info', { write: line => void lines.push(line) });
    const cause = Object.assign(new Error('Key (phone)=(13987654321) exists'), { code: '23505' });
    log.error(
      { error: new Error('outer\nparams: 金丝雀', { cause }), body: canary, phone: canary.phone },
      'failed',
    );
    for (const secret of canaries) expect(lines[0]).not.toContain(secret);
    expect(lines[0]).toContain('23505');
  });
});

describe('masking', () => {
  it.each([
    ['13800000001', '138****0001'],
    ['087167791110', '087****1110'],
    ['+85223456789', '+85****6789'],
    ['110', '****10'],
  ])('%s shows as %s', (phone, masked) => expect(maskPhone(phone)).toBe(masked));
  it.each([
    ['赵小兰', '赵**'],
    ['李四', '李*'],
    ['欧阳娜娜娜', '欧**'],
    ['赵', '赵*'],
    ['𠮷田', '𠮷*'],
  ])('%s shows as %s', (name, masked) => expect(maskName(name)).toBe(masked));
});
