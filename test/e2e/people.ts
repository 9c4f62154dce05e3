/** Callers of the public interface: people with a cookie, devices with a token. */

export interface Caller {
  request(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
  /** As `request`, but anything other than success is an error that shows the body. */
  call<T>(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<T>;
}

export function caller(baseUrl: string, identity: Record<string, string>): Caller {
  const request: Caller['request'] = (method, path, body, headers) =>
    fetch(baseUrl + path, {
      method,
      headers: { ...identity, ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  return {
    request,
    call: async (method, path, body, headers) => {
      const response = await request(method, path, body, headers);
      const text = await response.text();
      if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
      return text ? JSON.parse(text) : undefined;
    },
  };
}

export type Person = Caller & { cookie: string };

/** Signs in; the caller carries the session's cookie. */
export async function signIn(baseUrl: string, user: string, password: string): Promise<Person> {
  const response = await fetch(`${baseUrl}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user, password }),
  });
  if (!response.ok)
    throw new Error(`sign-in of ${user} answered ${response.status}: ${await response.text()}`);
  return withCookieOf(baseUrl, response);
}

/** Signs in for the first time: with the password that was given out, in place of which one of her own is chosen. */
export async function firstSignIn(
  baseUrl: string,
  user: string,
  given: string,
  own: string,
): Promise<Person> {
  const person = await signIn(baseUrl, user, given);
  const changed = await person.request('PUT', '/api/account/password', { current: given, next: own });
  if (!changed.ok) throw new Error(`password of ${user}: ${changed.status} ${await changed.text()}`);
  return withCookieOf(baseUrl, changed);
}

/** The first administrator, with the credential that the server printed. */
export function firstAdministrator(
  server: { baseUrl: string; output(): string },
  own: string,
): Promise<Person> {
  const output = server.output();
  const [, given] = /password\s+(\S+)/.exec(output) ?? [];
  if (!given) throw new Error(`no one-time credential in:\n${output}`);
  return firstSignIn(server.baseUrl, 'admin', given, own);
}

/** An account made by the administrator, signed in with a password of its owner's. */
export async function newUser(
  baseUrl: string,
  admin: Caller,
  user: { username: string; displayName: string; role: string; stationId?: string },
  own: string,
): Promise<Person> {
  const { password } = await admin.call<{ password: string }>('POST', '/api/users', user);
  return firstSignIn(baseUrl, user.username, password, own);
}

function withCookieOf(baseUrl: string, response: Response): Person {
  const cookie = response.headers
    .getSetCookie()
    .map(value => value.split(';')[0])
    .join('; ');
  return { ...caller(baseUrl, { cookie }), cookie };
}
