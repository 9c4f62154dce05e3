/** What the desk shows of the money of an incident: one line an account. */
import type { StopState } from '#contract/kinds.ts';
import type { StopList } from '#contract/stop-payment.ts';
import type { WorldLoop } from '#domain/loop/world.ts';

/** One account with its newest stop-payment. */
export interface StopLine {
  key: string;
  /** Null: erased, or not for this viewer. */
  accountId: string | null;
  bank: string;
  lastFour: string | null;
  amount: number | null;
  stop: {
    id: string;
    state: StopState;
    amountHeld: number | null;
    requestedAt: string;
    answeredAt: string | null;
    note: string | null;
    corrections: readonly { at: string; before: number; by?: string; reason?: string | null }[];
  } | null;
  number: StopList['accounts'][number]['number'];
}

/** What a viewer who may work with accounts is shown: those without an answer first, then what was never asked for; the most money first. */
export function linesOfList({ items, accounts }: StopList): StopLine[] {
  const ofAccounts = accounts.map(({ accountId, bank, lastFour, amount, stopId, number }): StopLine => {
    const stop = items.find(({ id }) => id === stopId) ?? null;
    return { key: accountId, accountId, bank, lastFour, amount: stop ? stop.amount : amount, stop, number };
  });
  const erased = items
    .filter(({ accountId }) => accountId === null)
    .map((stop): StopLine => ({ ...stop, key: stop.id, stop }));
  return [...ofAccounts, ...erased].toSorted(
    (a, b) => rank(a) - rank(b) || (b.amount ?? 0) - (a.amount ?? 0),
  );
}

const order: readonly (StopState | undefined)[] = [
  'requested',
  undefined,
  'withdrawn',
  'refused',
  'confirmed',
];
const rank = ({ stop }: StopLine): number => order.indexOf(stop?.state);

/** What everybody else who sees the incident is shown: requests, without their accounts. */
export const linesOfWorld = ({ stops }: Pick<WorldLoop, 'stops'>): StopLine[] =>
  Object.values(stops).map(
    ({ id, bank, amount, state, amountHeld, requestedAt, changedAt, corrections = [] }) => ({
      key: id,
      accountId: null,
      bank,
      lastFour: null,
      amount,
      stop: {
        id,
        state,
        amountHeld,
        requestedAt,
        answeredAt: state === 'requested' ? null : changedAt,
        note: null,
        corrections,
      },
      number: null,
    }),
  );

/** Changes with everything that the list tells beyond the live world. */
export const versionOfStops = ({ stops }: Pick<WorldLoop, 'stops'>): string =>
  Object.values(stops)
    .map(({ id, state, amountHeld }) => `${id}:${state}:${amountHeld}`)
    .join(' ');

/** What was lost, as last reported; null: nobody has said. */
export function lossOf({ outcomes }: Pick<WorldLoop, 'outcomes'>): number | null {
  const newest = Object.values(outcomes).toSorted(
    (a, b) => Date.parse(b.reportedAt) - Date.parse(a.reportedAt),
  )[0];
  return newest?.lossAmount ?? null;
}

/** An amount in yuan as people type it; undefined: it is none. */
export function readAmount(text: string): number | undefined {
  const plain = text.normalize('NFKC').replaceAll(/[\s,元]/g, '');
  return /^\d{1,11}(?:\.\d{1,2})?$/.test(plain) ? Number(plain) : undefined;
}
