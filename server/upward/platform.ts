import { randomBytes } from 'node:crypto';
import { shortText } from '../http/short-text.ts';
import { signedHeaders } from '../http/signature.ts';

/** The platform that alerts come from, and how one speaks with it. */
export interface Platform {
  /** Where results are posted; undefined: they leave as files, and the key is for what the platform says. */
  url: string | undefined;
  key: string;
}

export type Delivery =
  /** `accepted`: the platform's own word in its answer; null: it said nothing. */
  | { kind: 'delivered'; accepted: boolean | null }
  /** `trouble` is a class, never words of the platform. `final`: saying it again would change nothing. */
  | { kind: 'failed'; trouble: string; final: boolean };

const timeoutMs = 10_000;
const mostAnswerBytes = 65_536;
/** These speak of the message itself; anything else may be better in a minute. */
const finalStatuses: readonly number[] = [400, 413, 422];

/** Posts one result. `Idempotency-Key` is its number, so that one whose answer was lost can be sent again. Never throws. */
export async function deliver(
  { url, key }: { url: string; key: string },
  { id, body }: { id: string; body: string },
  nowMs: number,
  signal: AbortSignal,
): Promise<Delivery> {
  let response: Response;
  const signed = signedHeaders(key, body, nowMs, randomBytes(16).toString('hex'));
  const within = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  try {
    response = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': id, ...signed },
      body,
      // Whoever redirects us would be told of a case.
      redirect: 'manual',
      signal: within,
    });
  } catch (error) {
    return { kind: 'failed', trouble: troubleOf(error), final: false };
  }
  if (response.ok) return { kind: 'delivered', accepted: await acceptedBy(response) };
  await response.body?.cancel().catch(() => undefined);
  const { status } = response;
  return { kind: 'failed', trouble: `http ${status}`, final: finalStatuses.includes(status) };
}

const troubleOf = (error: unknown): string =>
  error instanceof Error && error.name === 'TimeoutError' ? 'timeout' : 'unreachable';

/** `{"accepted": true}` acknowledges at once. Whatever else, or nothing, or too much: it was delivered. */
async function acceptedBy(response: Response): Promise<boolean | null> {
  try {
    const answer: unknown = JSON.parse((await shortText(response, mostAnswerBytes)) ?? '');
    const { accepted } = (answer ?? {}) as { accepted?: unknown };
    return typeof accepted === 'boolean' ? accepted : null;
  } catch {
    return null;
  }
}
