import type { z } from 'zod';
import { refusalSchema } from './answers.ts';

/** Valhalla gave no answer that can be used. */
export class ValhallaError extends Error {
  override name = 'ValhallaError';
  /** It does not work at all now; otherwise it refused this one question. */
  readonly away: boolean;
  /** Valhalla's own number of a refusal. */
  readonly refusal: number | undefined;

  constructor(message: string, { away, refusal }: { away: boolean; refusal?: number }) {
    super(message);
    this.away = away;
    this.refusal = refusal;
  }
}

export interface ValhallaAddress {
  /** Where its HTTP service listens, e.g. `http://10.0.0.5:8002`. */
  baseUrl: string;
  /** So long each question may take. */
  answerWithinMs: number;
}

/** Asks for one action (`route`, `sources_to_targets`, …). Throws ValhallaError. */
export async function askValhalla<Schema extends z.ZodType>(
  { baseUrl, answerWithinMs }: ValhallaAddress,
  action: string,
  query: object,
  schema: Schema,
): Promise<z.infer<Schema>> {
  const { status, body } = await post(
    new URL(action, `${baseUrl.replace(/\/+$/, '')}/`),
    query,
    answerWithinMs,
  );
  if (status === 400) {
    const refusal = refusalSchema.safeParse(body);
    if (refusal.success) {
      const { error_code: code, error } = refusal.data;
      throw new ValhallaError(`Valhalla refused ${action}: ${error} (${code})`, {
        away: false,
        refusal: code,
      });
    }
  }
  const parsed = status === 200 ? schema.safeParse(body) : undefined;
  if (parsed?.success) return parsed.data;
  const found = parsed
    ? `an answer of another shape: ${parsed.error.issues[0]?.message}`
    : `status ${status}`;
  throw new ValhallaError(`Valhalla gave ${found} to ${action}; expected a routing answer`, { away: true });
}

async function post(url: URL, query: object, withinMs: number): Promise<{ status: number; body: unknown }> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(query),
      signal: AbortSignal.timeout(withinMs),
    });
    return { status: response.status, body: await response.json() };
  } catch (cause) {
    const { message } = cause as Error;
    throw new ValhallaError(`Valhalla does not answer at ${url.origin}: ${message}`, { away: true });
  }
}
