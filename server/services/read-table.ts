import { CodedError } from '#contract/errors.ts';
import { RegionError } from '../region/error.ts';
import { readTable } from '../region/layer/table.ts';

type Bounds = Parameters<typeof readTable>[3];

/** The rows of somebody's own table (CSV or workbook), read while others wait. Throws invalidBody for what is no table, tooLarge. */
export function readUploadedTable(
  { bytes, sheet }: { bytes: Uint8Array; sheet?: string | undefined },
  what: string,
  bounds: Bounds,
): ReturnType<typeof readTable> {
  try {
    return readTable(bytes, what, sheet, bounds);
  } catch (error) {
    if (!(error instanceof RegionError)) throw error;
    throw new CodedError(error.code === 'unsupported' ? 'tooLarge' : 'invalidBody', error.message);
  }
}
