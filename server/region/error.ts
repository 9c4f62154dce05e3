export type RegionErrorCode =
  | 'notFound'
  | 'empty'
  | 'foreign'
  | 'truncated'
  | 'broken'
  | 'unsupported'
  | 'noRoads'
  | 'notInstalled'
  | 'conflict';

/**
 * Why a region could not be read, built or installed, in one sentence for the person at the terminal:
 * what was wrong and what was expected. Nothing of an older region is touched when this is thrown.
 */
export class RegionError extends Error {
  override readonly name = 'RegionError';
  readonly code: RegionErrorCode;

  constructor(code: RegionErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
