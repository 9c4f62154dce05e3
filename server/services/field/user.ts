import { CodedError } from '#contract/errors.ts';
import type { Actor } from '../../auth/actor.ts';

/** Sharing one's own position is a person's to do. Throws forbidden. */
export function requireUser(actor: Actor): Extract<Actor, { kind: 'user' }> {
  if (actor.kind !== 'user') throw new CodedError('forbidden', 'expected a signed-in user');
  return actor;
}
