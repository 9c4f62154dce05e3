import type { UpwardBody } from '#contract/upward.ts';
import { dayMs, dayStartMs } from '#domain/shanghai.ts';
import { bodiesBetween } from '../../../db/queries/loop/upward.ts';
import type { Actor } from '../../auth/actor.ts';
import { contextOf } from '../../auth/reach.ts';
import type { ServiceDeps } from '../../deps.ts';
import { csvHead, csvRow } from '../export/csv.ts';
import { newWatermark, watermarkLine } from '../export/watermark.ts';
import { requireAllowed } from '../guard.ts';
import { perform } from '../unit-of-work.ts';

const columns = [
  'externalId',
  'source',
  'outcome',
  'metAt',
  'stepsDone',
  'refusals',
  'consent',
  'appInstalled',
  'pledgeSigned',
  'transferredAfterAlert',
  'lossAmount',
  'receivedAt',
  'orderedAt',
  'acknowledgedAt',
  'underWayAt',
  'fedBackAt',
  'closedAt',
  'messageId',
];

/** The results that were queued on a day in Shanghai, as a file for a platform without a line of its own. Audited before it is read. */
export async function upwardFile(
  deps: ServiceDeps,
  actor: Actor,
  { day, format }: { day: string; format: 'json' | 'csv' },
): Promise<{ exportId: string; body: string }> {
  const mark = newWatermark(deps, actor, null);
  const { exportId } = mark;
  await perform(deps, { actor }, work => {
    requireAllowed(actor, 'upward.send');
    work.audit({ action: 'upward.send', resource: exportId, detail: { file: format, day } });
    return Promise.resolve();
  });
  const from = dayStartMs(day);
  const bodies = await deps.database.read(
    tx => bodiesBetween(tx, new Date(from), new Date(from + dayMs)),
    contextOf(actor),
  );
  const results = bodies.map(body => JSON.parse(body) as UpwardBody);
  if (format === 'json')
    return {
      exportId,
      body: `${JSON.stringify({ exportId, mark: watermarkLine(mark), day, results }, null, 1)}\n`,
    };
  return {
    exportId,
    body: csvHead(mark, columns) + results.map(each => csvRow(mark, cellsOf(each))).join(''),
  };
}

const cellsOf = ({ steps, times, ...result }: UpwardBody) => [
  result.externalId,
  result.source,
  result.outcome,
  result.metAt,
  steps.filter(({ done }) => done).length,
  steps.flatMap(({ refusal }) => refusal ?? []).join(' '),
  result.consent,
  result.appInstalled,
  result.pledgeSigned,
  result.transferredAfterAlert,
  result.lossAmount,
  times.receivedAt,
  times.orderedAt,
  times.acknowledgedAt,
  times.underWayAt,
  times.fedBackAt,
  times.closedAt,
  result.messageId,
];
