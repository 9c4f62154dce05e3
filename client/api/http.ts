/** One way to call the server: JSON in and out, errors as `ApiFailure`, every change safe to repeat. */
import type { ErrorBody } from '#contract/common.ts';
import { type ErrorCode, errorStatus } from '#contract/errors.ts';

export type FailureCode = ErrorCode | 'offline' | 'unreadable';

/** The server's refusal, or that it could not be reached or understood. */
export class ApiFailure extends Error {
  readonly code: FailureCode;
  readonly details: unknown;
  constructor(code: FailureCode, message: string, details?: unknown) {
    super(message);
    this.name = 'ApiFailure';
    this.code = code;
    this.details = details;
  }
}

export interface CallOptions {
  query?: Record<string, string | number | undefined>;
  body?: unknown;
  /** Sent as it is, instead of a JSON body. */
  file?: Blob;
  /** The change's own `Idempotency-Key`, for one that may be sent again much later; default: a new one. */
  key?: string;
  /** Why a trace is looked at: goes as `X-Access-Reason`. */
  accessReason?: string;
  signal?: AbortSignal | undefined;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
let onUnauthenticated = () => {};

/** Tells once who wants to know that the session has ended. */
export function whenUnauthenticated(callback: () => void): void {
  onUnauthenticated = callback;
}

/** Calls the API; resolves to the reply's JSON (undefined for 204), rejects with `ApiFailure` or an abort. */
export async function call<T>(method: Method, path: string, options: CallOptions = {}): Promise<T> {
  const response = await answerTo(method, path, options);
  return response.status === 204 ? (undefined as T) : await json<T>(response);
}

/** Has a file made and saves it under the name that the server gives. @returns the export's number in the audit. */
export async function download(path: string, options: CallOptions): Promise<string> {
  const response = await answerTo('POST', path, options);
  const exportId = response.headers.get('X-Export-Id') ?? '';
  const named = /filename="([^"]+)"/.exec(response.headers.get('Content-Disposition') ?? '');
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await response.blob());
  link.download = named?.[1] ?? exportId;
  link.click();
  URL.revokeObjectURL(link.href);
  return exportId;
}

/** Calls for an answer that is read as it comes. */
export const open = (path: string, options: CallOptions): Promise<Response> => answerTo('GET', path, options);

async function answerTo(method: Method, path: string, options: CallOptions): Promise<Response> {
  const request = toRequest(method, path, options);
  let response: Response;
  try {
    response = await sendOnceMore(request, method);
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw new ApiFailure('offline', 'the server cannot be reached');
  }
  if (response.ok) return response;
  const failure = await toFailure(response);
  if (failure.code === 'unauthenticated') onUnauthenticated();
  throw failure;
}

interface PlainRequest {
  url: string;
  init: RequestInit;
}

function toRequest(
  method: Method,
  path: string,
  { query, body, file, key, accessReason, signal }: CallOptions,
): PlainRequest {
  const headers: Record<string, string> = { Accept: 'application/json' };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (file) headers['Content-Type'] = 'application/octet-stream';
  if (method !== 'GET') headers['Idempotency-Key'] = key ?? randomKey();
  // Header values are ASCII; the server decodes.
  if (accessReason !== undefined) headers['X-Access-Reason'] = encodeURIComponent(accessReason);
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {}))
    if (value !== undefined) search.set(name, String(value));
  return {
    url: search.size > 0 ? `${path}?${search}` : path,
    init: {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(file && { body: file }),
      ...(signal && { signal }),
    },
  };
}

/** A change whose answer got lost is sent once more: its key lets the server tell that it is the same one. */
async function sendOnceMore({ url, init }: PlainRequest, method: Method): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    if (init.signal?.aborted || method === 'GET') throw error;
    return await fetch(url, init);
  }
}

async function json<T>(response: Response): Promise<T> {
  try {
    return (await response.json()) as T;
  } catch {
    throw new ApiFailure('unreadable', `expected JSON in the answer of ${response.url}`);
  }
}

async function toFailure(response: Response): Promise<ApiFailure> {
  const body: unknown = await response.json().catch(() => null);
  const byStatus = codeOfStatus(response.status);
  if (!isErrorBody(body)) return new ApiFailure(byStatus, `the server answered ${response.status}`);
  const { code, message, details } = body.error;
  return new ApiFailure(code in errorStatus ? (code as ErrorCode) : byStatus, message, details);
}

/** By hand instead of by schema: the wall and the sign-in page do without the schema library. */
function isErrorBody(body: unknown): body is ErrorBody {
  const { code, message } = (body as Partial<ErrorBody> | null)?.error ?? {};
  return typeof code === 'string' && typeof message === 'string';
}

/** A proxy in between answers in its own words: 502 to 504 say that the server is away. */
function codeOfStatus(status: number): FailureCode {
  if (status === 401) return 'unauthenticated';
  if (status === 403) return 'forbidden';
  if (status === 404) return 'notFound';
  return status >= 502 && status <= 504 ? 'offline' : status >= 500 ? 'internal' : 'badRequest';
}

/** `crypto.randomUUID` is missing outside secure contexts; random bytes are not. */
export function randomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), byte =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}
