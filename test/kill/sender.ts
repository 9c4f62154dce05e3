import { setTimeout as sleep } from 'node:timers/promises';
import type { Victim } from '../builders/victim.ts';

/** Where the feed of a victim is; undefined while it is dead. */
export const feedOf = ({ said }: Victim): string | undefined => said && `http://127.0.0.1:${said}/`;

/** Sends a batch as a gateway does: again and again until it is acknowledged. */
export async function untilAcknowledged(victim: Victim, items: unknown[]): Promise<void> {
  for (;;) {
    const feed = feedOf(victim);
    const request = { method: 'POST', body: JSON.stringify(items) };
    const answer = feed && (await fetch(feed, request).catch(() => undefined));
    if (answer && answer.ok && (await answer.text().catch(() => '')) !== '') return;
    await sleep(10);
  }
}
