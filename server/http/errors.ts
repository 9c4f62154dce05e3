/** The one place where errors become HTTP. */
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { ZodError } from 'zod';
import { CodedError, type ErrorCode, errorStatus } from '#contract/errors.ts';
import { DatabaseUnavailable, sqlError } from '../../db/errors.ts';
import type { Logger } from '../log.ts';
import type { AppEnv } from './types.ts';

/** The codes of errors that HTTP plumbing throws by status alone. */
const codeOfStatus: Partial<Record<number, ErrorCode>> = {
  400: 'badRequest',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'notFound',
  405: 'methodNotAllowed',
  413: 'tooLarge',
  415: 'unsupportedMedia',
};
const plumbingMessage: Partial<Record<ErrorCode, string>> = {
  badRequest:
    'the body is not valid JSON; expected Content-Type: application/json with an object as in /api/openapi.json',
  unsupportedMedia: 'expected Content-Type: application/json',
};

/** Turns what was thrown into a CodedError; undefined for what nobody foresaw. */
export function asCodedError(error: unknown): CodedError | undefined {
  if (error instanceof CodedError) return error;
  if (error instanceof DatabaseUnavailable) {
    return new CodedError('databaseUnavailable', 'the database cannot be reached at the moment; try again');
  }
  if (error instanceof HTTPException) {
    const code = codeOfStatus[error.status];
    if (code) return new CodedError(code, plumbingMessage[code] ?? code);
  }
  // SQLSTATE class 22, data exception: what passed the schema but no table can hold.
  if (sqlError(error)?.code.startsWith('22')) {
    return new CodedError(
      'badRequest',
      'a value cannot be stored: a number or time out of range, or a NUL in a text',
    );
  }
  return undefined;
}

/** `app.onError`: a coded answer without stack; the unforeseen is logged under the request's id. */
export function errorHandler(log: Logger) {
  return (error: unknown, c: Context<AppEnv>): Response => {
    const coded = asCodedError(error);
    if (!coded || coded.code === 'databaseUnavailable' || coded.code === 'auditUnavailable') {
      log.error({ requestId: c.get('requestId'), error }, coded?.message ?? 'unforeseen error');
    }
    return errorResponse(
      c,
      coded ??
        new CodedError('internal', 'something went wrong on the server', { requestId: c.get('requestId') }),
    );
  };
}

export function errorResponse(c: Context, error: CodedError): Response {
  const { code, message, details } = error;
  if (code === 'lockedOut' || code === 'tooManyRequests') {
    const { retryAfterS } = (details ?? {}) as { retryAfterS?: number };
    if (retryAfterS !== undefined) c.header('Retry-After', String(retryAfterS));
  }
  if (code === 'databaseUnavailable') c.header('Retry-After', '1');
  return c.json(
    { error: { code, message, ...(details !== undefined && { details }) } },
    errorStatus[code] as ContentfulStatusCode,
  );
}

/** The issues of a schema as `[{path, message}]`: what was wrong and what was expected, never the value itself. */
export function invalidBody(error: ZodError, target: string): CodedError {
  const details = error.issues.map(issue => ({ path: issue.path.join('.'), message: issue.message }));
  const first = details[0];
  const where = first?.path ? `${target} field ${first.path}` : target;
  return new CodedError('invalidBody', `${where}: ${first?.message ?? 'not as expected'}`, details);
}
