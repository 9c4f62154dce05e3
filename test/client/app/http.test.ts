import { afterEach, describe, expect, it, vi } from 'vitest';
import { errorStatus } from '#contract/errors.ts';
import { errorText } from '../../../client/api/error-text.ts';
import { ApiFailure, call, whenUnauthenticated } from '../../../client/api/http.ts';
import { en } from '../../../client/i18n/en.ts';

const answers = (...list: (Response | Error)[]) => {
  const fetched = vi.fn<(url: string, init: RequestInit) => Promise<Response>>();
  for (const answer of list) {
    if (answer instanceof Error) fetched.mockRejectedValueOnce(answer);
    else fetched.mockResolvedValueOnce(answer);
  }
  vi.stubGlobal('fetch', fetched);
  return fetched;
};
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.unreachable(),
    (error: ApiFailure) => error,
  );
const refusal = (status: number, code: string, details?: unknown) =>
  Response.json({ error: { code, message: 'why', details } }, { status });

afterEach(() => vi.unstubAllGlobals());

describe('call', () => {
  it('sends a reason for a look so that a header can carry it', async () => {
    const fetched = answers(Response.json({ ok: true }));
    await call('POST', '/api/incidents/i/looks', { accessReason: '核实当事人下落' });
    const headers = new Headers(fetched.mock.calls[0]?.[1].headers);
    expect(decodeURIComponent(headers.get('X-Access-Reason') ?? '')).toBe('核实当事人下落');
  });

  it('repeats a change whose answer got lost once, under the same key, and never a question', async () => {
    const fetched = answers(new TypeError('lost'), Response.json({ alertId: 'a' }));
    await call('POST', '/api/alerts', { body: {} });
    const keys = fetched.mock.calls.map(([, init]) => new Headers(init.headers).get('Idempotency-Key'));
    expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
    expect(keys[1]).toBe(keys[0]);

    const asked = answers(new TypeError('lost'));
    expect((await failure(call('GET', '/api/stations'))).code).toBe('offline');
    expect(asked).toHaveBeenCalledTimes(1);
  });

  it('tells a session that has ended from a wrong password', async () => {
    const ended = vi.fn();
    whenUnauthenticated(ended);
    answers(refusal(401, 'badCredentials'), refusal(401, 'unauthenticated'));
    await failure(call('POST', '/api/session', { body: {} }));
    expect(ended).not.toHaveBeenCalled();
    await failure(call('GET', '/api/stations'));
    expect(ended).toHaveBeenCalledTimes(1);
  });

  it('makes sense of answers that are not the server’s own', async () => {
    answers(
      new Response('<html>Bad Gateway</html>', { status: 502 }),
      new Response('nonsense', { status: 200 }),
    );
    expect((await failure(call('GET', '/a'))).code).toBe('offline');
    expect((await failure(call('GET', '/b'))).code).toBe('unreadable');
  });
});

describe('errorText', () => {
  it('has words for every code of the contract', () => {
    for (const code of Object.keys(errorStatus)) {
      expect(errorText(new ApiFailure(code as keyof typeof errorStatus, 'x'), en)).toMatch(/\w{3}/);
    }
  });

  it('says what is missing for a trace, and which entries are wrong', () => {
    const missing = new ApiFailure('traceNotAllowed', 'x', { missing: ['authority', 'membership'] });
    expect(errorText(missing, en)).toBe(
      'The trace cannot be opened yet: no valid authority, you are not a member',
    );
    const wrong = new ApiFailure('invalidBody', 'x', [
      { path: ['subject', 'phone'], message: 'expected a phone number' },
    ]);
    expect(errorText(wrong, en)).toContain('subject.phone: expected a phone number');
  });
});
