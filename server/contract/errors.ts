/** Every code that an error body may carry, with its HTTP status. Services raise the code; transports map it. */
export const errorStatus = {
  badRequest: 400,
  invalidBody: 400,
  weakPassword: 400,
  unauthenticated: 401,
  badCredentials: 401,
  secondFactorNeeded: 401,
  badSecondFactor: 401,
  badPasskey: 401,
  forbidden: 403,
  traceNotAllowed: 403,
  crossSite: 403,
  accountIncomplete: 403,
  wrongPassword: 403,
  untrustedProxy: 403,
  notFound: 404,
  methodNotAllowed: 405,
  conflict: 409,
  alreadyClosed: 409,
  idempotencyMismatch: 422,
  tooLarge: 413,
  unsupportedMedia: 415,
  rangeNotSatisfiable: 416,
  lockedOut: 429,
  tooManyRequests: 429,
  internal: 500,
  databaseUnavailable: 503,
  auditUnavailable: 503,
  locatorUnavailable: 503,
} as const;
export type ErrorCode = keyof typeof errorStatus;

/** A refusal or failure that the caller may know about: a code and facts, no transport. */
export class CodedError extends Error {
  readonly code: ErrorCode;
  readonly details: unknown;
  constructor(code: ErrorCode, message: string, details?: unknown) {
    super(message);
    this.name = 'CodedError';
    this.code = code;
    this.details = details;
  }
}
