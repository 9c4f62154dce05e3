import { type Logger, pino } from 'pino';

export type { Logger } from 'pino';

/** Fields that name a person or open a door: never in a log line, wherever in the object they stand. */
const secretFields = [
  'name',
  'phone',
  'idNumber',
  'address',
  'vehicle',
  'plate',
  'text',
  'note',
  'password',
  'token',
  'cookie',
  'authorization',
];
const redactedPaths = secretFields.flatMap(field => [field, `*.${field}`, `*.*.${field}`]);

/** Text without digit runs that could be a phone, card or identity number, and without query parameters. */
export function redactText(text: string): string {
  return text
    .replace(/\bparams: [\s\S]*$/, 'params: [redacted]')
    .replace(/\+?\d(?:[ -]?\d){6,}[Xx]?/g, '[number]')
    .slice(0, 2000);
}

/** What a log line may say of an error: class, code, message and stack, all redacted. The cause too: drivers hide the reason there. */
function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  const { code } = error as { code?: unknown };
  return {
    type: error.name,
    ...(typeof code === 'string' && { code }),
    message: redactText(error.message),
    stack: redactText(stackFrames(error)),
    ...(error.cause !== undefined && { cause: describeError(error.cause) }),
  };
}

/** Only the frames: the head of a stack repeats the message, which may run over many lines. */
function stackFrames(error: Error): string {
  return (error.stack ?? '')
    .split('\n')
    .filter(line => line.startsWith('    at '))
    .join('\n');
}

/** The server's log: JSON lines on standard output, or wherever `destination` goes. */
export function createLog(level: string, destination?: { write(line: string): void }): Logger {
  const settings = {
    level,
    base: null,
    redact: { paths: redactedPaths, censor: '[redacted]' },
    serializers: { error: describeError },
  };
  return destination ? pino(settings, destination) : pino(settings);
}
