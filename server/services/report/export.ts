import type { Bulletin } from '#contract/bulletin.ts';
import type { Actor } from '../../auth/actor.ts';
import type { ServiceDeps } from '../../deps.ts';
import { paperInThread } from '../../reports/paper.ts';
import { bulletinWorkbook } from '../../reports/xlsx.ts';
import { newWatermark, watermarkLine } from '../export/watermark.ts';
import { requireAllowed } from '../guard.ts';
import { perform } from '../unit-of-work.ts';
import { type WeekAsked, weeklyBulletin } from './weekly.ts';

interface BulletinFile {
  exportId: string;
  bytes: Uint8Array;
}

/** The bulletin as a file with its watermark; the audit's row is committed before anything is made. Throws forbidden and what `weeklyBulletin` throws. */
export async function exportBulletin(
  deps: ServiceDeps,
  actor: Actor,
  asked: WeekAsked,
  format: 'xlsx' | 'pdf',
): Promise<BulletinFile> {
  requireAllowed(actor, 'report.export');
  const bulletin: Bulletin = await weeklyBulletin(deps, actor, asked);
  const mark = newWatermark(deps, actor, null);
  await perform(deps, { actor }, async work => {
    const detail = { week: asked.week, asOf: bulletin.asOf, format };
    work.audit({ action: 'report.export', resource: mark.exportId, detail });
  });
  const marked = { line: watermarkLine(mark), user: mark.user, at: mark.at };
  const bytes =
    format === 'xlsx' ? bulletinWorkbook(bulletin, marked) : await paperInThread({ bulletin }, marked);
  return { exportId: mark.exportId, bytes };
}
