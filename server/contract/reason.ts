/** A reason for a look or for break-glass has at least so many characters: less says nothing to an auditor. */
export const shortestReason = 8;
