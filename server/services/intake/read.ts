import type { AlertBody } from '#contract/alert.ts';
import { CodedError } from '#contract/errors.ts';
import type { IntakeProblem } from '#contract/intake.ts';
import type { ServiceDeps } from '../../deps.ts';
import { columnOf, readAlertRow } from '../../ingest/adapters/alert-table.ts';
import { canonicalJson, keyedHash } from '../keyed-hash.ts';
import { readUploadedTable } from '../read-table.ts';

/** A table of alerts as it was understood. */
export interface AlertTable {
  rows: number;
  alerts: { row: number; alert: AlertBody & { externalId: string } }[];
  problems: IntakeProblem[];
  /** Headers that mean nothing here. */
  ignored: string[];
}

export interface AlertFile {
  bytes: Uint8Array;
  sheet?: string | undefined;
  /** Who sent it, where the rows do not say so. */
  source?: string | undefined;
}

/** Read while others wait: a day of a whole prefecture, and no more. */
const bounds = { rows: 2_000, unpackedBytes: 10_000_000 };
const defaultSource = '表格导入';

/**
 * Reads a table of alerts. A row without a number of its own is named by what it says, so that the same file sent again is
 * the same alerts. Throws invalidBody for what is no table, or has no column that means anything.
 */
export function readAlertTable({ hashKey }: Pick<ServiceDeps, 'hashKey'>, file: AlertFile): AlertTable {
  const rows = readUploadedTable(file, 'the table of alerts', bounds);
  const headers = Object.keys(rows[0]?.cells ?? {});
  const ignored = headers.filter(header => header !== '' && columnOf(header) === undefined);
  if (ignored.length === headers.length)
    throw new CodedError(
      'invalidBody',
      'the table has no column that is known; expected headers such as 姓名, 电话, 风险等级',
    );
  const read = rows.map(row => readAlertRow(row, file.source ?? defaultSource));
  return {
    rows: rows.length,
    alerts: read.flatMap(each =>
      'alert' in each ? [{ row: each.row, alert: named(hashKey, each.alert) }] : [],
    ),
    problems: read.flatMap(each => ('problems' in each ? each.problems : [])),
    ignored,
  };
}

function named(hashKey: Uint8Array, alert: AlertBody): AlertBody & { externalId: string } {
  const hash = keyedHash(hashKey, `row:${canonicalJson(alert)}`)
    .toString('hex')
    .slice(0, 32);
  return { ...alert, externalId: alert.externalId ?? `row-${hash}` };
}
