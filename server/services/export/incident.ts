import type { FeatureCollection } from 'geojson';
import type { Position } from '#contract/common.ts';
import type { IncidentExportFormat } from '#contract/export.ts';
import type { SightingDetail } from '#contract/sighting.ts';
import type { SightingItem } from '#contract/sighting-view.ts';
import { subjectsOfIncidents } from '../../../db/queries/stream-vault.ts';
import { maskNumbers, subjectView } from '../../auth/masking.ts';
import type { Actor } from '../../auth/actor.ts';
import { lookContextOf } from '../../auth/reach.ts';
import type { ServiceDeps } from '../../deps.ts';
import { requireAllowed } from '../guard.ts';
import { withGrant } from '../look/authorise.ts';
import { sightingItems } from '../look/read.ts';
import { csvHead, csvRow } from './csv.ts';
import { newWatermark, type Watermark } from './watermark.ts';

/** A file, and the number under which the audit knows it. */
export interface Exported {
  exportId: string;
  body: string;
}

/**
 * An incident's sightings as a file: under the conditions of a look at its trace, with name and numbers masked. The
 * audit row is committed before anything is read. Throws as `withGrant` does.
 */
export async function exportIncident(
  deps: ServiceDeps,
  actor: Actor,
  incidentId: string,
  { reason, format }: { reason: string | undefined; format: IncidentExportFormat },
): Promise<Exported> {
  requireAllowed(actor, 'trace.export');
  const mark = newWatermark(deps, actor, incidentId);
  await withGrant(deps, actor, incidentId, reason, async (work, grant) =>
    work.audit({
      action: 'trace.export',
      resource: mark.exportId,
      incidentId,
      reason: grant.reason,
      detail: { authorityId: grant.authority.id, format },
    }),
  );
  const { items, subject } = await deps.database.read(
    async tx => {
      const [row] = await subjectsOfIncidents(tx, [incidentId]);
      return { items: await sightingItems(tx, incidentId), subject: row && subjectView(row) };
    },
    lookContextOf(actor, incidentId, deps.clock.now()),
  );
  const shown = items.map(item =>
    item.text === undefined ? item : { ...item, text: maskNumbers(item.text) },
  );
  if (format === 'csv') return { exportId: mark.exportId, body: asCsv(mark, shown) };
  const names = subject && { nameMasked: subject.nameMasked, phoneMasked: subject.phoneMasked };
  return { exportId: mark.exportId, body: JSON.stringify(asGeoJson(mark, names ?? null, shown)) };
}

const columns = [
  'id',
  'observedAt',
  'receivedAt',
  'kind',
  'source',
  'lng',
  'lat',
  'withinM',
  'text',
  'withdrawn',
  'replacedBy',
];

function asCsv(mark: Watermark, items: readonly SightingItem[]): string {
  const rows = items.map(({ id, observedAt, receivedAt, source, detail, text, withdrawn, replacedBy }) => {
    const { position, withinM } = whereOf(detail);
    const where = [position?.lng, position?.lat, withinM];
    return csvRow(mark, [
      id,
      observedAt,
      receivedAt,
      detail.kind,
      source,
      ...where,
      text,
      withdrawn,
      replacedBy,
    ]);
  });
  return csvHead(mark, columns) + rows.join('');
}

function asGeoJson(
  mark: Watermark,
  subject: { nameMasked: string; phoneMasked: string } | null,
  items: readonly SightingItem[],
): FeatureCollection & { jianmian: Watermark & { subject: typeof subject } } {
  return {
    type: 'FeatureCollection',
    jianmian: { ...mark, subject },
    features: items.map(({ id, detail, ...rest }) => {
      const { position, withinM } = whereOf(detail);
      return {
        type: 'Feature',
        id,
        geometry: position ? { type: 'Point', coordinates: [position.lng, position.lat] } : null,
        properties: { ...rest, ...detail, withinM: withinM ?? null, exportId: mark.exportId },
      };
    }),
  } as FeatureCollection & { jianmian: Watermark & { subject: typeof subject } };
}

/** A point to put a sighting at, and how far from it she may have been where that is known: an antenna is no point. */
function whereOf(detail: SightingDetail): { position?: Position | undefined; withinM?: number } {
  switch (detail.kind) {
    case 'cell':
      return { position: detail.site, withinM: detail.rangeM };
    case 'fix':
      return { position: detail.position, withinM: detail.accuracyM };
    default:
      return { position: detail.position };
  }
}
