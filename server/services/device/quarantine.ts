import { sql } from 'drizzle-orm';
import { createId } from '#domain/ids.ts';
import { machineClock } from '../../clock.ts';
import type { ServiceDeps } from '../../deps.ts';
import type { Metrics } from '../../http/metrics.ts';
import { keyedHash } from '../keyed-hash.ts';
import { sealer } from '../secret/sealed.ts';

/** Somebody reported and is nobody that we know. */
export interface Attempt {
  protocol: string;
  /** As it calls itself; null: it showed a token only. */
  identifier: string | null;
  /** SHA-256 of the token; with `identifier` null what its attempts have in common. */
  tokenHash?: Uint8Array;
  gatewayId?: string;
  address: string | null;
}

interface Gathered extends Attempt {
  keyHash: Buffer;
  attempts: number;
  firstAt: number;
  lastAt: number;
}

/** Written at most this often, so that a flood of attempts is no flood of writes. */
const writeEveryMs = 5000;
/** Different names between two writes; what is more is counted in the metrics alone. */
const mostGathered = 200;
/** Rows that are kept: the ones that tried last. */
const mostKept = 500;
const longestIdentifier = 128;

/** What a sealed identifier belongs to. */
export const strangerOwner = (keyHash: Uint8Array): string =>
  `unknownDevice:${Buffer.from(keyHash).toString('base64')}`;

/** Unknown devices, gathered and counted: they wait here until somebody admits or dismisses them. */
export class Quarantine {
  readonly #deps: ServiceDeps;
  readonly #metrics: Metrics;
  readonly #gathered = new Map<string, Gathered>();
  #writtenAtMs = Number.NEGATIVE_INFINITY;

  constructor(deps: ServiceDeps, metrics: Metrics) {
    this.#deps = deps;
    this.#metrics = metrics;
  }

  /** Counts an attempt. Never fails: it is the answer to somebody unknown. */
  note(attempt: Attempt): void {
    this.#metrics.count('jianmian_unknown_devices_total');
    const now = machineClock(this.#deps.clock).now();
    const identifier = attempt.identifier?.slice(0, longestIdentifier) || null;
    const keyHash = keyOf(this.#deps.hashKey, { ...attempt, identifier });
    const key = keyHash.toString('base64');
    const before = this.#gathered.get(key);
    if (before || this.#gathered.size < mostGathered) {
      const counted = { attempts: (before?.attempts ?? 0) + 1, firstAt: before?.firstAt ?? now, lastAt: now };
      this.#gathered.set(key, { ...attempt, identifier, keyHash, ...counted });
    }
    if (now - this.#writtenAtMs < writeEveryMs) return;
    this.flush().catch((error: unknown) =>
      this.#deps.log.warn({ error }, 'unknown devices could not be written'),
    );
  }

  /** Writes what has gathered. */
  async flush(): Promise<void> {
    const gathered = [...this.#gathered.values()];
    if (gathered.length === 0) return;
    this.#gathered.clear();
    this.#writtenAtMs = machineClock(this.#deps.clock).now();
    const seal = await sealer(this.#deps);
    await this.#deps.database.transaction({ actor: 'system:clock' }, async tx => {
      for (const one of gathered) {
        const id = createId('unk', one.firstAt, this.#deps.randomBytes(10));
        const sealed =
          one.identifier === null
            ? null
            : Buffer.from(seal(Buffer.from(one.identifier), strangerOwner(one.keyHash)));
        await tx.execute(
          sql`insert into unknown_device (id, key_hash, protocol, identifier_masked, identifier_sealed, gateway_id,
                address, attempts, first_at, last_at)
              values (${id}, ${one.keyHash}, ${one.protocol}, ${maskIdentifier(one.identifier)}, ${sealed},
                ${one.gatewayId ?? null}, ${one.address}, ${one.attempts},
                ${new Date(one.firstAt).toISOString()}::timestamptz, ${new Date(one.lastAt).toISOString()}::timestamptz)
              on conflict (key_hash) do update set attempts = unknown_device.attempts + excluded.attempts,
                last_at = excluded.last_at, address = excluded.address, gateway_id = excluded.gateway_id`,
        );
      }
      await tx.execute(
        sql`delete from unknown_device where id in
            (select id from unknown_device order by last_at desc, id offset ${mostKept})`,
      );
    });
  }
}

/** The same name over the same feed is one row, however it came; so is the same token. */
function keyOf(hashKey: Uint8Array, { protocol, identifier, tokenHash }: Attempt): Buffer {
  const token = Buffer.from(tokenHash ?? new Uint8Array()).toString('base64');
  return keyedHash(
    hashKey,
    identifier === null ? `token ${protocol} ${token}` : `device ${protocol} ${identifier}`,
  );
}

/** Terminal and phone numbers are numbers of people's equipment: enough to know one's own again, no more. */
function maskIdentifier(identifier: string | null): string | null {
  if (identifier === null) return null;
  const letters = Array.from(identifier);
  if (letters.length <= 4) return `${letters[0]}***`;
  const shown = letters.length >= 8 ? 3 : 1;
  return `${letters.slice(0, shown).join('')}****${letters.slice(-shown).join('')}`;
}
