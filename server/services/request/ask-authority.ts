import { paperFacts } from '../../../db/queries/loop/requests.ts';
import { insertAuthority } from '../authority/insert.ts';
import { notFound } from '../guard.ts';
import type { Work } from '../unit-of-work.ts';
import { standardPaper } from './paper.ts';

/**
 * Asks for the incident's standard authority in one person's name. It allows nothing until somebody else approves it, and
 * then a look to members alone.
 */
export async function askStandardAuthority(work: Work, incidentId: string, userId: string): Promise<string> {
  const facts = await paperFacts(work.tx, incidentId);
  if (!facts) throw notFound('incident');
  const paper = standardPaper(facts, facts.papers + 1, work.at);
  const authorityId = await insertAuthority(work, incidentId, userId, paper);
  work.audit({ action: 'authority.request', resource: authorityId, incidentId, reason: paper.reason });
  return authorityId;
}
