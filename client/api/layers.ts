import type { Crs } from '#contract/common.ts';
import type { LayerName } from '#contract/layer-columns.ts';
import type { PreviewReply, RowProblem, TakenUpReply, VersionsReply } from '#contract/layer.ts';
import { call } from './http.ts';

export interface TableChoice {
  layer: LayerName;
  file: File;
  crs: Crs;
  /** Of a workbook; empty: the first one. */
  sheet: string;
}

/** What applying a table would do; nothing is changed by it. */
export const previewLayer = ({ layer, file, crs, sheet }: TableChoice, signal: AbortSignal) =>
  call<PreviewReply>('POST', `/api/layers/${layer}/preview`, {
    query: { crs, file: file.name, ...(sheet !== '' && { sheet }) },
    file,
    signal,
  });

export const fetchProblems = (token: string, cursor: number) =>
  call<{ items: RowProblem[]; nextCursor: string | null }>(
    'GET',
    `/api/layers/previews/${encodeURIComponent(token)}/problems`,
    { query: { cursor, limit: 500 } },
  );

export const applyLayer = (layer: LayerName, token: string) =>
  call<TakenUpReply>('POST', `/api/layers/${layer}/apply`, { body: { token } });

export const fetchVersions = () => call<VersionsReply>('GET', '/api/layers/versions');
export const undoVersion = () => call<TakenUpReply>('POST', '/api/layers/undo');
export const restoreVersion = (id: string) => call<TakenUpReply>('POST', '/api/layers/use', { body: { id } });

export const templateUrl = (layer: LayerName, format: 'csv' | 'xlsx') =>
  `/api/layers/${layer}/template?format=${format}`;
