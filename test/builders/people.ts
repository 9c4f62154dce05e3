/** People with real passwords and cookies, for tests of how one comes in. */
import { argon2Sync } from 'node:crypto';
import { TOTP } from 'otpauth';
import type { Role } from '#contract/incident.ts';
import { createUser } from '../../server/services/user/create.ts';
import type { TestApp } from './app.ts';

export const goodPassword = 'seven brown ponds';

/** The same kind of hash as in earnest at the least cost that argon2id has: the tests of passwords pay the full one. */
const passwordHash = cheapHash(goodPassword);

/** An account whose password is `goodPassword`. Returns its id. */
export async function addPerson(
  app: TestApp,
  username: string,
  role: Role,
  more: { stationId?: string; mustChangePassword?: boolean } = {},
): Promise<string> {
  const user = { username, displayName: `名 ${username}`, role, passwordHash, ...more };
  const { userId } = await createUser(app.deps, { actor: { kind: 'system', name: 'setup' } }, user);
  return userId;
}

/** A browser: it keeps the cookie that it is given last. */
export class Browser {
  readonly #app: TestApp;
  readonly #headers: Record<string, string>;
  #cookie = '';

  constructor(app: TestApp, headers: Record<string, string> = {}) {
    this.#app = app;
    this.#headers = headers;
  }

  get cookie(): string {
    return this.#cookie;
  }

  async ask(method: string, path: string, body?: unknown) {
    const headers = { ...this.#headers, ...(this.#cookie && { cookie: this.#cookie }) };
    const answer = await this.#app.anonymous(method, path, body, headers);
    const given = answer.headers.getSetCookie().find(cookie => cookie.startsWith('__Host-jm='));
    if (given) this.#cookie = given.split(';')[0]!;
    return answer;
  }

  signIn(user: string, more: { password?: string; otp?: string } = {}) {
    return this.ask('POST', '/api/session', { user, password: goodPassword, ...more });
  }

  /** Sets up an authenticator app; returns the app and the recovery codes. */
  async enrol(password = goodPassword): Promise<{ phone: Phone; recoveryCodes: string[] }> {
    const { body } = await this.ask('POST', '/api/account/totp', { password });
    const phone = new Phone(this.#app, (body as { secret: string }).secret);
    const confirmed = await this.ask('POST', '/api/account/totp/confirm', { code: phone.code() });
    if (confirmed.status !== 200) throw new Error(`enrolling answered ${JSON.stringify(confirmed.body)}`);
    return { phone, recoveryCodes: (confirmed.body as { recoveryCodes: string[] }).recoveryCodes };
  }
}

/** An authenticator app that goes by the test's clock. */
export class Phone {
  readonly #app: TestApp;
  readonly #secret: string;

  constructor(app: TestApp, secret: string) {
    this.#app = app;
    this.#secret = secret;
  }

  /** The code that it shows `aheadMs` from now. */
  code(aheadMs = 0): string {
    return new TOTP({ secret: this.#secret }).generate({ timestamp: this.#app.clock.now() + aheadMs });
  }
}

function cheapHash(password: string): string {
  const nonce = Buffer.alloc(16, 7);
  const cost = { memory: 8, passes: 1, parallelism: 1, tagLength: 32 };
  const key = argon2Sync('argon2id', { message: Buffer.from(password), nonce, ...cost });
  const text = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '');
  return `$argon2id$v=19$m=8,t=1,p=1$${text(nonce)}$${text(key)}`;
}
