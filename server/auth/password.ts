import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';

/** OWASP's second recommendation for argon2id: 19 MiB, two passes, one lane. */
const cost = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 } as const;
const maxMemory = 1 << 20;

function derive(password: string, nonce: Buffer, settings: typeof cost | Cost): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    argon2(
      'argon2id',
      { message: Buffer.from(password.normalize('NFKC')), nonce, ...settings },
      (error, key) => (error ? reject(error) : resolve(key)),
    );
  });
}

interface Cost {
  memory: number;
  passes: number;
  parallelism: number;
  tagLength: number;
}

/** Hashes a password for storage, in the PHC string format, off the event loop. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16);
  const key = await derive(password, nonce, cost);
  const parameters = `m=${cost.memory},t=${cost.passes},p=${cost.parallelism}`;
  return `$argon2id$v=19$${parameters}$${unpadded(nonce)}$${unpadded(key)}`;
}

/** A password that nobody chose, to be shown once and changed: 120 random bits. */
export const oneTimePassword = (): string => randomBytes(15).toString('base64url');

/** Whether the password is the one that was hashed. A hash that cannot be read is an error, not a 'no'. */
export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const match = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/.exec(
    stored,
  );
  if (!match) throw new Error('stored password hash: expected $argon2id$v=19$m=…,t=…,p=…$salt$key');
  const expected = Buffer.from(match[5]!, 'base64');
  const memory = Number(match[1]);
  if (memory > maxMemory)
    throw new Error(`stored password hash: expected at most ${maxMemory} KiB of memory`);
  const settings = {
    memory,
    passes: Number(match[2]),
    parallelism: Number(match[3]),
    tagLength: expected.length,
  };
  const key = await derive(password, Buffer.from(match[4]!, 'base64'), settings);
  return timingSafeEqual(key, expected);
}

let unknownUserHash: Promise<string> | undefined;

/** Takes as long as a real check and says no: an unknown name must not answer faster than a known one. */
export async function verifyNobody(password: string): Promise<false> {
  unknownUserHash ??= hashPassword(randomBytes(16).toString('hex'));
  await verifyPassword(password, await unknownUserHash);
  return false;
}

const unpadded = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');
