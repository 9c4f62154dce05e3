/** The simulator's hands: the public HTTP interface and nothing else, as a browser, a phone or a gateway would use it. */
import type { DeviceFix } from './faults.ts';

export interface SimSession {
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body: unknown, headers?: Record<string, string>): Promise<T>;
  patch<T>(path: string, body: unknown): Promise<T>;
}

/** The server answered, but not with success. */
export class RefusedError extends Error {
  readonly status: number;
  constructor(method: string, path: string, status: number, text: string) {
    super(`${method} ${path} answered ${status}: ${text.slice(0, 300)}`);
    this.name = 'RefusedError';
    this.status = status;
  }
}

/** The answer, or undefined where somebody else was first (409): closed, ordered elsewhere, planned otherwise. */
export async function unlessConflict<T>(request: Promise<T>): Promise<T | undefined> {
  try {
    return await request;
  } catch (error) {
    if (!(error instanceof RefusedError) || error.status !== 409) throw error;
    return undefined;
  }
}

async function call<T>(
  baseUrl: string,
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: unknown,
): Promise<T> {
  const response = await fetch(baseUrl + path, {
    method,
    headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(20_000),
  });
  const text = await response.text();
  if (!response.ok) throw new RefusedError(method, path, response.status, text);
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

/** Signs in with a demo account. Signs in again when the session has gone (a restarted or purged server). */
export async function signIn(baseUrl: string, user: string, password: string): Promise<SimSession> {
  const login = async () => {
    const response = await fetch(`${baseUrl}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ user, password }),
      signal: AbortSignal.timeout(20_000),
    });
    if (!response.ok) throw new RefusedError('POST', '/api/session', response.status, await response.text());
    return response.headers
      .getSetCookie()
      .map(cookie => cookie.split(';')[0])
      .join('; ');
  };
  let cookie = await login();
  const request = async <T>(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ) => {
    try {
      return await call<T>(baseUrl, method, path, { cookie, ...headers }, body);
    } catch (error) {
      if (!(error instanceof RefusedError) || error.status !== 401) throw error;
      cookie = await login();
      return call<T>(baseUrl, method, path, { cookie, ...headers }, body);
    }
  };
  return {
    get: path => request('GET', path),
    post: (path, body, headers) => request('POST', path, body, headers),
    patch: (path, body) => request('PATCH', path, body),
  };
}

/** Asks with a device's or gateway's own token. */
export const withToken = (baseUrl: string, token: string) => {
  const headers = { authorization: `Bearer ${token}` };
  return {
    get: <T>(path: string) => call<T>(baseUrl, 'GET', path, headers),
    post: <T>(path: string, body: unknown) => call<T>(baseUrl, 'POST', path, headers, body),
  };
};

export type DeviceProtocol = 'osmand' | 'positions';

/** Sends fixes the way the device would; the caller keeps them and sends them again when this throws. */
export async function report(
  baseUrl: string,
  device: { protocol: DeviceProtocol; identifier: string; token: string },
  fixes: DeviceFix[],
): Promise<void> {
  if (device.protocol === 'positions') {
    const body = fixes.map(fix => ({
      device: device.identifier,
      observedAt: new Date(fix.atMs).toISOString(),
      lng: fix.lng,
      lat: fix.lat,
      speedMps: fix.speedMps,
      courseDeg: fix.courseDeg,
      accuracyM: fix.accuracyM,
      batteryPct: fix.batteryPct,
    }));
    await call(baseUrl, 'POST', '/feeds/positions', { authorization: `Bearer ${device.token}` }, body);
    return;
  }
  for (const fix of fixes) {
    const query = new URLSearchParams({
      id: device.identifier,
      token: device.token,
      lat: fix.lat.toFixed(7),
      lon: fix.lng.toFixed(7),
      timestamp: String(Math.round(fix.atMs / 1000)),
      speed: (fix.speedMps * 1.943844).toFixed(2),
      bearing: fix.courseDeg.toFixed(0),
      accuracy: fix.accuracyM.toFixed(0),
      batt: fix.batteryPct.toFixed(0),
    });
    const response = await fetch(`${baseUrl}/feeds/osmand?${query}`, { signal: AbortSignal.timeout(20_000) });
    if (!response.ok) throw new RefusedError('GET', '/feeds/osmand', response.status, await response.text());
    await response.body?.cancel();
  }
}
