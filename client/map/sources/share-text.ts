/** `31%`; less than one in a hundred is `<1%`: neither nothing nor more exact than it is. */
export const shareText = (share: number): string =>
  share > 0 && share < 0.01 ? '<1%' : `${Math.round(share * 100)}%`;
