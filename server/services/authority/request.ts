import type { z } from 'zod';
import { CodedError } from '#contract/errors.ts';
import type { authorityBodySchema } from '#contract/incident.ts';
import { maskNumbers } from '../../auth/masking.ts';
import type { ServiceDeps } from '../../deps.ts';
import { requireUser } from '../guard.ts';
import { loadIncident, requireOpen } from '../incident/load.ts';
import { type Call, type Done, perform } from '../unit-of-work.ts';
import { insertAuthority } from './insert.ts';

/** Asks for the authority to look at a trace. It allows nothing until somebody else approves it. */
export function requestAuthority(
  deps: ServiceDeps,
  call: Call,
  incidentId: string,
  { number, legalBasis, reason, expiresAt }: z.infer<typeof authorityBodySchema>,
): Promise<Done<{ authorityId: string }>> {
  return perform(deps, call, async work => {
    requireOpen(await loadIncident(work.tx, work.actor, 'authority.request', incidentId, 'share'));
    const { userId: requestedBy } = requireUser(work.actor, 'only a person can ask for an authority');
    const expires = new Date(expiresAt);
    if (expires <= work.at)
      throw new CodedError('invalidBody', 'body field expiresAt: expected a time in the future');
    const authorityId = await insertAuthority(work, incidentId, requestedBy, {
      number,
      legalBasis,
      reason: maskNumbers(reason),
      expiresAt: expires,
    });
    work.audit({ action: 'authority.request', resource: authorityId, incidentId, reason });
    return { authorityId };
  });
}
