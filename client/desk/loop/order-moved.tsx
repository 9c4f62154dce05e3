import { useState } from 'react';
import { isOpenOrder } from '#domain/loop/order.ts';
import type { WorldIncident } from '#domain/world.ts';
import type { PosteriorView } from '../../api/locate.ts';
import { issueOrder } from '../../api/orders.ts';
import { mayIssueOrders } from '../../app/rights.ts';
import { useSignedIn } from '../../app/session.ts';
import { useNow } from '../../clock/use-now.ts';
import { orderTexts } from '../../i18n/sections/orders.ts';
import { useFormats, useTexts } from '../../i18n/use-t.ts';
import { shareText } from '../../map/sources/share-text.ts';
import { Icon } from '../../ui/icons/icon.tsx';
import { buttonClass } from '../../ui/button.tsx';
import { Problem } from '../../ui/section.tsx';
import { sayDone } from '../desk-store.ts';
import { useLocate } from '../locate/locate-store.ts';
import { useReference } from '../reference.ts';
import { useStationName } from '../station-name.ts';
import { useAction } from '../use-action.ts';
import { canDo } from './order-steps.ts';
import { follow, isSettled, likeliestStation, type Settled } from './order-share.ts';
import styles from './orders.module.css';

/**
 * She has most likely been in another station's area for a while: offers to send that one, with the number that speaks for it.
 * It comes from the belief, so it shows only inside an open look, and what the stations read says nothing of it.
 */
export function OrderMoved({ incident }: { incident: WorldIncident }) {
  const { role } = useSignedIn();
  const settled = useSettled(incident.id);
  const now = useNow();
  const order = Object.values(incident.loop.orders).find(isOpenOrder);
  if (!settled || !order || settled.stationId === order.stationId || !isSettled(settled, now)) return null;
  if (!mayIssueOrders(role) || !canDo('reroute', order)) return null;
  return <Offer incidentId={incident.id} settled={settled} sinceMs={now - settled.since} />;
}

function Offer(props: { incidentId: string; settled: Settled; sinceMs: number }) {
  const texts = useTexts(orderTexts);
  const formats = useFormats();
  const { incidentId, settled, sinceMs } = props;
  const { stationId, share } = settled;
  const station = useStationName(stationId) ?? stationId;
  const action = useAction();
  const act = () =>
    void action.run(async () => {
      await issueOrder(incidentId, { stationId, basis: 'whereNow', reason: texts.movedReason });
      sayDone(texts.rerouted(station));
    });
  return (
    <div className={styles.moved} role="status">
      <Icon name="route" />
      <span>
        <b>{texts.movedOffer(shareText(share), station)}</b>
        <small>{texts.movedSince(formats.number(Math.floor(sinceMs / 60_000)))}</small>
      </span>
      {/* The desk's keys press it: O. */}
      <div data-key="o">
        <button
          type="button"
          className={buttonClass({ size: 's', variant: 'primary' })}
          disabled={action.busy}
          onClick={act}
        >
          {texts.movedAct(station)} <kbd>O</kbd>
        </button>
      </div>
      <Problem>{action.problem}</Problem>
    </div>
  );
}

/** Follows the beliefs of the open look; forgotten with it. */
function useSettled(incidentId: string): Settled | null {
  const posterior = useLocate(locate =>
    locate.look?.incidentId === incidentId ? (locate.now?.posterior ?? null) : null,
  );
  const stations = useReference(reference => reference.stations);
  const [known, setKnown] = useState<Known>({ posterior: null, settled: null });
  if (known.posterior === posterior) return known.settled;
  const likeliest = posterior && likeliestStation(posterior, stations);
  const settled = posterior && follow(known.settled, likeliest, Date.parse(posterior.at));
  setKnown({ posterior, settled });
  return settled;
}

/** The last belief that was looked at, and what followed from it. */
interface Known {
  posterior: PosteriorView | null;
  settled: Settled | null;
}
