import { isIP } from 'node:net';
import type { Context } from 'hono';
import { CodedError } from '#contract/errors.ts';
import type { Site } from '../services/account/passkey-challenge.ts';
import { isSecureContext } from './session-cookie.ts';
import type { AppEnv } from './types.ts';

/**
 * The origin that the browser sees, as it names it in what a passkey signs. A forged Host names a site for which no
 * passkey of ours signs. Throws badRequest where passkeys cannot be had: plain HTTP, or an address instead of a name.
 */
export function siteOf(c: Context<AppEnv>): Site {
  const { host, hostname, protocol } = new URL(c.req.url);
  if (!isSecureContext(c) || isIP(hostname.replaceAll(/[[\]]/g, '')) !== 0) {
    throw new CodedError(
      'badRequest',
      'passkeys need HTTPS (or localhost) and a host name instead of an address',
    );
  }
  return { origin: `${c.get('peer').https ? 'https:' : protocol}//${host}`, rpId: hostname };
}
