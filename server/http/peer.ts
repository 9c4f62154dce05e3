/** Who is at the other end of the connection, and what a reverse proxy in between may say about it. */
import { BlockList, isIP } from 'node:net';
import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import { CodedError } from '#contract/errors.ts';
import type { SignInSettings } from '../auth/sign-in-settings.ts';
import type { Logger } from '../log.ts';
import type { Metrics } from './metrics.ts';
import type { AppEnv } from './types.ts';

export interface Peer {
  /** Of the client, not of the proxy; null where there is no socket (tests). */
  address: string | null;
  /** The client's own connection is TLS: here, or at a trusted proxy. */
  https: boolean;
  /** The client certificate that a trusted proxy vouches for, as it writes it. */
  certificate: string | null;
}

/** Addresses and CIDR networks. Throws with the entry that is neither. */
export function proxyList(entries: readonly string[]): BlockList {
  const list = new BlockList();
  for (const entry of entries) {
    const [address = '', prefix] = entry.split('/');
    const family = familyOf(address);
    const bits = prefix === undefined ? undefined : Number(prefix);
    const most = family === 'ipv6' ? 128 : 32;
    if (!family || (bits !== undefined && !(Number.isInteger(bits) && bits >= 0 && bits <= most)))
      throw new Error(`'${entry}': expected an address or a network such as 10.0.0.0/8`);
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, bits, family);
  }
  return list;
}

interface PeerOptions {
  settings: SignInSettings;
  metrics: Metrics;
  log: Logger;
}

/**
 * Sets `peer`. Forwarding headers of anybody but a trusted proxy are not looked at; a certificate header of anybody
 * else is somebody who pretends to be a police officer: refused (untrustedProxy) and counted.
 */
export function identifyPeer({ settings, metrics, log }: PeerOptions) {
  const proxies = proxyList(settings.trustedProxies);
  const trusts = (address: string | null): boolean => {
    const family = address === null ? undefined : familyOf(address);
    return family !== undefined && proxies.check(address!, family);
  };
  const { certificateHeader } = settings;
  return createMiddleware<AppEnv>(async (c, next) => {
    const direct = socketAddress(c);
    const tls = new URL(c.req.url).protocol === 'https:';
    const certificate = certificateHeader === undefined ? undefined : c.req.header(certificateHeader);
    if (!trusts(direct)) {
      if (certificate !== undefined) {
        metrics.count('jianmian_forged_certificate_headers_total');
        log.warn({ requestId: c.get('requestId'), from: direct }, 'certificate header from no trusted proxy');
        throw new CodedError('untrustedProxy', `only a trusted proxy may send ${certificateHeader}`);
      }
      c.set('peer', { address: direct, https: tls, certificate: null });
      return next();
    }
    c.set('peer', {
      address: clientAddress(direct!, c.req.header('X-Forwarded-For'), trusts),
      https: tls || c.req.header('X-Forwarded-Proto') === 'https',
      certificate: certificate?.trim() || null,
    });
    return next();
  });
}

/** The last hop that is no trusted proxy: what stands before it, the client may have written itself. */
function clientAddress(
  direct: string,
  forwardedFor: string | undefined,
  trusts: (address: string) => boolean,
): string {
  let known = direct;
  for (const hop of (forwardedFor ?? '').split(',').toReversed()) {
    const address = plain(hop.trim());
    if (!familyOf(address)) return known;
    known = address;
    if (!trusts(address)) return known;
  }
  return known;
}

/** What the socket says; the server for Node hands it over in `env`. */
function socketAddress(c: Context): string | null {
  const { incoming } = (c.env ?? {}) as { incoming?: { socket?: { remoteAddress?: string } } };
  const address = incoming?.socket?.remoteAddress;
  return address === undefined ? null : plain(address);
}

/** IPv4 on a socket that listens to both families looks like `::ffff:10.0.0.1`. */
const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '');

function familyOf(address: string): 'ipv4' | 'ipv6' | undefined {
  const family = isIP(address);
  return family === 0 ? undefined : family === 4 ? 'ipv4' : 'ipv6';
}
