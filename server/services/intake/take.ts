import { CodedError } from '#contract/errors.ts';
import type { IntakeProblem, IntakeReply } from '#contract/intake.ts';
import type { Actor } from '../../auth/actor.ts';
import type { ServiceDeps } from '../../deps.ts';
import { receiveAlert } from '../alert/receive.ts';
import { requireAllowed } from '../guard.ts';
import { perform } from '../unit-of-work.ts';
import { type AlertFile, readAlertTable } from './read.ts';

/**
 * Takes in a table of alerts, each sound row in a transaction of its own; the others are told by number. The same file sent
 * again, also one that was cut off in the middle, adds only what is missing. Throws forbidden, invalidBody, tooLarge.
 */
export async function takeAlerts(deps: ServiceDeps, actor: Actor, file: AlertFile): Promise<IntakeReply> {
  requireAllowed(actor, 'alert.receive');
  const { rows, alerts, problems } = readAlertTable(deps, file);
  const reply: IntakeReply = { rows, taken: 0, joined: 0, repeated: 0, problems, alerts: [] };
  for (const { row, alert } of alerts) {
    try {
      const done = await receiveAlert(deps, { actor }, alert);
      // What was there already writes nothing into the log.
      if (done.seq === 0) reply.repeated++;
      else reply.taken++;
      if (done.seq > 0 && done.reply.joined) reply.joined++;
      reply.alerts.push({ row, ...done.reply });
    } catch (error) {
      if (!(error instanceof CodedError)) throw error;
      problems.push(refused(row, error));
    }
  }
  problems.sort((a, b) => a.row - b.row);
  await perform(deps, { actor }, async work => {
    const { taken, joined, repeated } = reply;
    const detail = { rows, taken, joined, repeated, problems: problems.length };
    work.audit({ action: 'alert.import', resource: 'alerts', detail });
  });
  return reply;
}

const refused = (row: number, { code, message }: CodedError): IntakeProblem => ({
  row,
  column: code === 'conflict' ? 'externalId' : null,
  code: 'refused',
  value: null,
  message,
});
