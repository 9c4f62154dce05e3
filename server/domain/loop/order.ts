/** A dispatch order: one station is to meet the subject. How it moves on, pure. */
import type { OrderState, risks } from '#contract/kinds.ts';

/**
 * issued → acknowledged → underWay → met → fedBack. A crew that is quicker than its paperwork may skip forward; an order
 * ends by its feedback, by being handed to another station, or by being taken back.
 */
const from: Record<Exclude<OrderState, 'issued'>, readonly OrderState[]> = {
  acknowledged: ['issued'],
  underWay: ['issued', 'acknowledged'],
  met: ['issued', 'acknowledged', 'underWay'],
  fedBack: ['acknowledged', 'underWay', 'met'],
  handedOver: ['issued', 'acknowledged', 'underWay'],
  cancelled: ['issued', 'acknowledged', 'underWay'],
};

/** The states from which an order may come to `to`, for a refusal that says what was expected. */
export const orderStatesBefore = (to: Exclude<OrderState, 'issued'>): readonly OrderState[] => from[to];

const ended: readonly OrderState[] = ['fedBack', 'handedOver', 'cancelled'];
export const isOpenOrder = ({ state }: { state: OrderState }): boolean => !ended.includes(state);

/** While an order is a station's, so is the sight of its incident; not any more once it was handed over or taken back. */
export const givesSight = ({ state }: { state: OrderState }): boolean =>
  state !== 'handedOver' && state !== 'cancelled';

/** The stations that an incident's orders let see it. */
export const orderStations = (
  orders: Readonly<Record<string, { stationId: string; state: OrderState }>>,
): string[] => [
  ...new Set(
    Object.values(orders)
      .filter(givesSight)
      .map(({ stationId }) => stationId),
  ),
];

/** Within which time of its order she is to be met, by risk. */
export const meetingTargetS: Readonly<Record<(typeof risks)[number], number>> = {
  extraHigh: 30 * 60,
  high: 60 * 60,
  medium: 4 * 3600,
  low: 8 * 3600,
};
