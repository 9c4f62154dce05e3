import { CodedError } from '#contract/errors.ts';
import type { Sought } from '../../db/queries/sought.ts';
import type { Actor, UserActor } from '../auth/actor.ts';
import { type Action, can, type Resource } from '../auth/policy.ts';

/**
 * Throws unless `actor` may do `action` to `resource`: `unauthenticated`, `forbidden`, or `notFound` where the asker
 * must not learn that the thing exists. `sought` names the thing for that last message and for the audit.
 */
export function requireAllowed(actor: Actor, action: Action, resource: Resource = {}, sought?: Sought): void {
  switch (can(actor, action, resource)) {
    case 'allow':
      return;
    case 'unauthenticated':
      throw new CodedError('unauthenticated', 'sign in first, or send a device token');
    case 'forbidden':
      throw new CodedError('forbidden', 'your role does not allow this');
    case 'hidden':
      throw sought ? noSuch(sought.what, sought.id) : notFound('resource');
    case 'incomplete':
      throw new CodedError(
        'accountIncomplete',
        'first choose a password of your own or enrol a second factor, at /api/account',
        { pending: actor.kind === 'user' ? actor.pending : null },
      );
  }
}

/** What only a person can do or answer for: the actor as the user that it must be. Throws forbidden with `message`. */
export function requireUser(actor: Actor, message = 'expected a signed-in user'): UserActor {
  if (actor.kind !== 'user') throw new CodedError('forbidden', message);
  return actor;
}

/** What cannot be done to a thing in the state that it is in: says which states were expected. */
export const wrongState = (what: string, state: string, expected: readonly string[]): CodedError =>
  new CodedError('conflict', `the ${what} is ${state}; expected ${expected.join(' or ')}`, {
    state,
    expected,
  });

/** Of something that everybody may see if it exists. */
export const notFound = (what: string): CodedError => new CodedError('notFound', `no such ${what}`);

/** The refusal of something that may exist for others: if it does, the audit hears of it (http/audit-refusals.ts). */
export class NoSuchThing extends CodedError {
  readonly sought: Sought;
  constructor(sought: Sought, code: 'notFound' | 'invalidBody', message: string) {
    super(code, message);
    this.sought = sought;
  }
}

/** The same words whether it does not exist or is not the asker's to see. */
export const noSuch = (what: Sought['what'], id: string): CodedError =>
  new NoSuchThing({ what, id }, 'notFound', `no such ${what}`);

/** As `noSuch`, of what a field of the body names. */
export const noSuchIn = (field: string, what: Sought['what'], id: string): CodedError =>
  new NoSuchThing({ what, id }, 'invalidBody', `body field ${field}: there is no ${what} ${id}`);
