import { type AddressReply, searchAddresses } from '../../api/addresses.ts';
import { type Query, useQuery } from '../use-query.ts';

const waitMs = 250;
const leastCharacters = 2;

/** What a written address may mean, asked once the typing pauses. A null or too short text asks nothing. */
export function useCandidates(text: string | null, limit = 5): Query<AddressReply> {
  const q = text?.trim() ?? '';
  const key = q.length >= leastCharacters ? `${limit} ${q}` : null;
  return useQuery<AddressReply>(key, async signal => {
    await new Promise(resolve => setTimeout(resolve, waitMs));
    // Typed on meanwhile: nobody waits for this answer any more.
    return signal.aborted ? { items: [], elsewhere: null } : searchAddresses(q, limit, signal);
  });
}
