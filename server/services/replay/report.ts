import type { AfterAction } from '#contract/after-action.ts';
import type { AuditAction } from '#contract/audit-actions.ts';
import type { Track } from '#domain/track/track.ts';
import { logOfIncident, type ReportedTask, tasksOfReport } from '../../../db/queries/after-action.ts';
import { caseName } from '../../../db/queries/loop/bulletin.ts';
import { listStations } from '../../../db/queries/stations.ts';
import { whatIfsOf } from '../../../db/queries/what-if.ts';
import type { Actor } from '../../auth/actor.ts';
import { maskName } from '../../auth/masking.ts';
import { can } from '../../auth/policy.ts';
import { contextOf } from '../../auth/reach.ts';
import type { AppDeps, ServiceDeps } from '../../deps.ts';
import { afterActionOf } from '../../reports/after-action/assemble.ts';
import { afterActionMap } from '../../reports/after-action/map.ts';
import { paperInThread } from '../../reports/paper.ts';
import { newWatermark, watermarkLine } from '../export/watermark.ts';
import { notFound } from '../guard.ts';
import { loadIncident } from '../incident/load.ts';
import { readTracksOf } from '../track/read.ts';
import { perform } from '../unit-of-work.ts';

type Deps = Pick<AppDeps, keyof ServiceDeps | 'router'>;

/** Reports of a case that stays open for days show its first day on the map. */
const longestMapMs = 24 * 3_600_000;

/**
 * What happened in a case, from its log: within the actor's reach, audited before it is made. No trace is in it. Throws notFound,
 * forbidden.
 */
export async function afterAction(deps: Deps, actor: Actor, incidentId: string): Promise<AfterAction> {
  await look(deps, actor, incidentId, { action: 'replay.report', resource: incidentId });
  return assemble(deps, actor, incidentId);
}

/** The same as a PDF file with its watermark, under a number that the audit knows. */
export async function exportAfterAction(
  deps: Deps,
  actor: Actor,
  incidentId: string,
): Promise<{ exportId: string; bytes: Uint8Array }> {
  const mark = newWatermark(deps, actor, incidentId);
  await look(deps, actor, incidentId, { action: 'replay.reportExport', resource: mark.exportId });
  const report = await assemble(deps, actor, incidentId);
  const marked = { line: watermarkLine(mark), user: mark.user, at: mark.at };
  return { exportId: mark.exportId, bytes: await paperInThread({ afterAction: report }, marked) };
}

const look = (
  deps: Deps,
  actor: Actor,
  incidentId: string,
  entry: { action: AuditAction; resource: string },
): Promise<unknown> =>
  perform(deps, { actor }, async work => {
    await loadIncident(work.tx, actor, 'replay.open', incidentId);
    work.audit({ ...entry, incidentId });
  });

async function assemble(deps: Deps, actor: Actor, incidentId: string): Promise<AfterAction> {
  const read = await deps.database.read(
    async tx => ({
      log: await logOfIncident(tx, incidentId),
      tasks: await tasksOfReport(tx, incidentId),
      subject: can(actor, 'incident.readSubject') === 'allow' ? await caseName(tx, incidentId) : undefined,
      stations: await listStations(tx),
      whatIfs: await whatIfsOf(tx, incidentId),
    }),
    contextOf(actor),
  );
  const nameOf = (stationId: string) => read.stations.find(({ id }) => id === stationId)?.name ?? null;
  const story = afterActionOf(read.log, incidentId, nameOf);
  if (!story) throw notFound('incident');
  const { stationId, ...report } = story;
  const openedMs = Date.parse(report.openedAt);
  const lastMs = Date.parse(report.closedAt ?? read.log.at(-1)!.receivedAt);
  const endMs = Math.min(lastMs, openedMs + longestMapMs);
  return {
    ...report,
    nameMasked: read.subject ? maskName(read.subject.name) : null,
    stationName: stationId === null ? null : nameOf(stationId),
    tasks: read.tasks.map(told),
    whatIfs: read.whatIfs.map(({ madeBy: _by, incidentId: _of, ...fork }) => fork),
    map: afterActionMap({
      openedMs,
      endMs,
      graph: deps.router?.graph ?? null,
      stations: read.stations,
      tasks: read.tasks,
      tracks: await tracksOf(deps, read.tasks, openedMs, endMs),
    }),
  };
}

/** As much of a task as the report tells: where its place is stands on the map. */
function told(task: ReportedTask): AfterAction['tasks'][number] {
  const { unitId: _unit, position: _position, ...rest } = task;
  return rest;
}

/** Where the crews that were sent drove meanwhile. */
async function tracksOf(
  { database }: Deps,
  tasks: readonly ReportedTask[],
  fromMs: number,
  toMs: number,
): Promise<{ callsign: string; track: Track }[]> {
  const callsigns = new Map(tasks.map(({ unitId, callsign }) => [unitId, callsign]));
  if (callsigns.size === 0) return [];
  const tracks = await readTracksOf(database, fromMs, toMs + 1, unitId => callsigns.has(unitId));
  return Array.from(tracks, ([unitId, track]) => ({ callsign: callsigns.get(unitId)!, track }));
}
