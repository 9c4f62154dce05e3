/** SQLSTATE classes and codes that mean 'the server went away or is not ready', not 'the statement was wrong'. */
const UNAVAILABLE_STATES = new Set(['57P01', '57P02', '57P03', '57P04', '53300']);
const UNAVAILABLE_CLASS = '08';
const SOCKET_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);
/** `pg` gives these no code. */
const CLIENT_MESSAGES =
  /^(Connection terminated|Client has encountered a connection error|Client was closed|timeout exceeded when trying to connect|timeout expired)/;

/**
 * The database cannot be reached now; the same call may succeed later. When `mayHaveCommitted` is set the connection
 * was lost between COMMIT and its answer: the change is either whole or absent, and only a repeat that is idempotent
 * (or a look) can tell.
 */
export class DatabaseUnavailable extends Error {
  readonly code = 'databaseUnavailable';
  readonly retryable = true;
  readonly mayHaveCommitted: boolean;
  constructor(cause: unknown, mayHaveCommitted = false) {
    super(`The database cannot be reached: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
    this.name = 'DatabaseUnavailable';
    this.mayHaveCommitted = mayHaveCommitted;
  }
}

/** A mistake of the programmer's, never of the user's or the network's. */
export class DeveloperError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'DeveloperError';
  }
}

/** The database has been read and is not one that this version can work with. */
export class DatabaseUnsuitable extends Error {
  readonly code = 'databaseUnsuitable';
  constructor(message: string) {
    super(message);
    this.name = 'DatabaseUnsuitable';
  }
}

/** Whether an error, or what caused it (drizzle wraps the driver's), says that the connection is gone or refused. */
export function isConnectionLoss(error: unknown): boolean {
  for (let current: unknown = error; current instanceof Error; current = current.cause) {
    const code = (current as { code?: unknown }).code;
    if (typeof code === 'string') {
      if (SOCKET_CODES.has(code) || UNAVAILABLE_STATES.has(code) || code.startsWith(UNAVAILABLE_CLASS))
        return true;
    }
    if (CLIENT_MESSAGES.test(current.message)) return true;
    // A host name with several addresses fails with one error for each.
    if (current instanceof AggregateError && current.errors.some(isConnectionLoss)) return true;
  }
  return false;
}

/** The error itself, or DatabaseUnavailable around it when it is the loss of a connection. */
export function asDatabaseError(error: unknown, mayHaveCommitted = false): unknown {
  if (error instanceof DatabaseUnavailable || !isConnectionLoss(error)) return error;
  return new DatabaseUnavailable(error, mayHaveCommitted);
}

/** The driver's error inside drizzle's wrapping, with SQLSTATE and constraint, or undefined. */
export function sqlError(error: unknown): { code: string; constraint?: string } | undefined {
  for (let current: unknown = error; current instanceof Error; current = current.cause) {
    const { code, constraint } = current as { code?: unknown; constraint?: unknown };
    if (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code))
      return typeof constraint === 'string' ? { code, constraint } : { code };
  }
  return undefined;
}
