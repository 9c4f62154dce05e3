/** The message gateway over HTTP: one signed POST a message. What became of it comes back as a receipt. */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { shortText } from '../http/short-text.ts';
import { signedHeaders } from '../http/signature.ts';

/** What went wrong, as it may stand in the database and the log: never a number, never a word of the message. */
export type SmsTrouble = 'timeout' | 'unreachable' | 'refused' | 'overloaded' | 'badAnswer';

/** The gateway did not take the message. `final`: it will not take it the next time either. */
export class SmsNotTaken extends Error {
  readonly trouble: SmsTrouble;
  readonly final: boolean;
  constructor(trouble: SmsTrouble, final: boolean) {
    super(`the message gateway did not take a message: ${trouble}`);
    this.name = 'SmsNotTaken';
    this.trouble = trouble;
    this.final = final;
  }
}

export interface SmsDraft {
  /** Ours; the same at each attempt, so that the gateway can tell a repetition. */
  messageId: string;
  phone: string;
  text: string;
}

export interface SmsGatewaySettings {
  url: string;
  key: string;
  timeoutMs?: number;
}

const answerSchema = z.object({ id: z.string().min(1).max(128) });
const mostAnswerBytes = 10_000;
const defaultTimeoutMs = 8_000;

export class SmsGateway {
  readonly #settings: SmsGatewaySettings;
  readonly #clock: Clock;

  /** `clock`: the machine's own, for the other side compares it with its own. */
  constructor(settings: SmsGatewaySettings, clock: Clock) {
    this.#settings = settings;
    this.#clock = clock;
  }

  /** What receipts are signed with. */
  get key(): string {
    return this.#settings.key;
  }

  /**
   * Hands one message in; resolves to what the gateway calls it. That is no delivery yet.
   * @throws {SmsNotTaken}
   */
  async send(draft: SmsDraft, signal?: AbortSignal): Promise<string> {
    const { url, key, timeoutMs = defaultTimeoutMs } = this.#settings;
    const body = JSON.stringify(draft);
    const signed = signedHeaders(key, body, this.#clock.now(), randomBytes(16).toString('hex'));
    const limit = AbortSignal.timeout(timeoutMs);
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...signed },
        body,
        redirect: 'error',
        signal: signal ? AbortSignal.any([limit, signal]) : limit,
      });
      return await idOf(response);
    } catch (error) {
      if (error instanceof SmsNotTaken) throw error;
      throw new SmsNotTaken(limit.aborted ? 'timeout' : 'unreachable', false);
    }
  }
}

async function idOf(response: Response): Promise<string> {
  const { status } = response;
  if (status >= 500 || status === 408 || status === 429) {
    await response.body?.cancel();
    throw new SmsNotTaken('overloaded', false);
  }
  if (!response.ok) {
    await response.body?.cancel();
    throw new SmsNotTaken('refused', true);
  }
  const answer = answerSchema.safeParse(parsed((await shortText(response, mostAnswerBytes)) ?? ''));
  // It may have been taken; the next attempt has the same name, and its receipt is believed in any case.
  if (!answer.success) throw new SmsNotTaken('badAnswer', false);
  return answer.data.id;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
