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

/** Signs in; the caller carries the session's cookie. */
export async function signIn(
  baseUrl: string,
  user: string,
  password: string,
): Promise<Caller & { cookie: string }> {
  const response = await fetch(`${baseUrl}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user, password }),
  });
  if (!response.ok)
    throw new Error(`sign-in of ${user} answered ${response.status}: ${await response.text()}`);
  const cookie = response.headers
    .getSetCookie()
    .map(value => value.split(';')[0])
    .join('; ');
  return { ...caller(baseUrl, { cookie }), cookie };
}
