/** What an installation decides about signing in (server/config.ts). */
import type { Role } from '#contract/incident.ts';

export interface SignInSettings {
  /** Roles that can do nothing before they have a second factor. */
  secondFactorRoles: ReadonlySet<Role>;
  /** Header in which the reverse proxy names the client certificate that it has checked. */
  certificateHeader?: string | undefined;
  /** Addresses and networks whose forwarding headers are believed. */
  trustedProxies: readonly string[];
}

/** Those who open traces, approve them, read the audit or give out accounts. */
export const guardedRoles: readonly Role[] = ['leader', 'trace', 'auditor', 'admin'];

/** Nothing is asked beside the password, nobody forwards. */
export const plainSignIn: SignInSettings = { secondFactorRoles: new Set(), trustedProxies: [] };
