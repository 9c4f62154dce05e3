/** Ends a number that a spreadsheet could not keep whole. No file holds this character. */
const ROUNDED = '\u{F8FF}';

/** A cell whose digits are not all its own. */
export const asRounded = (digits: string): string => digits + ROUNDED;
export const isRounded = (cell: string): boolean => cell.endsWith(ROUNDED);
