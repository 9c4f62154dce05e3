/** Runs pieces of work one after the other, in the order in which they are handed in; one that fails holds nobody up. */
export function oneAtATime(): <T>(work: () => Promise<T>) => Promise<T> {
  let before: Promise<unknown> = Promise.resolve();
  return work => {
    const mine = before.then(work);
    before = mine.catch(() => undefined);
    return mine;
  };
}
