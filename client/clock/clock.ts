/** The client's only reader of the time. */
export const systemNow = (): number => Date.now();
