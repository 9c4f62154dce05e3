import type { KnownReply } from '#contract/lines.ts';
import { incidentsByPhone, nameByPhone } from '../../../db/queries/loop/history.ts';
import { maskName } from '../../auth/masking.ts';
import type { Actor } from '../../auth/actor.ts';
import { contextOf, listReach } from '../../auth/reach.ts';
import type { ServiceDeps } from '../../deps.ts';
import { normalisePhone } from '../alert/phone.ts';
import { requireAllowed, requireUser } from '../guard.ts';
import { keyedHash } from '../keyed-hash.ts';

/** Whether somebody with this number was warned before, and what came of it: for the desk that takes an alert. */
export async function knownByPhone(deps: ServiceDeps, actor: Actor, phone: string): Promise<KnownReply> {
  requireAllowed(actor, 'alert.receive');
  requireUser(actor, 'a gateway hands alerts in and reads nothing');
  const hash = keyedHash(deps.hashKey, `phone:${normalisePhone(phone)}`);
  return deps.database.read(async tx => {
    const [person] = await nameByPhone(tx, hash);
    if (!person) return { nameMasked: null, items: [] };
    const items = await incidentsByPhone(tx, hash, listReach(actor, 'incident.read'));
    return { nameMasked: maskName(person.name), items };
  }, contextOf(actor));
}
