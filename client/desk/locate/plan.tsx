import { useMemo, useState } from 'react';
import type { WorldIncident, WorldTask } from '#domain/world.ts';
import { mayOrderTasks } from '../../app/rights.ts';
import { useSignedIn } from '../../app/session.ts';
import { locateTexts } from '../../i18n/sections/locate.ts';
import { useTexts } from '../../i18n/use-t.ts';
import { shareText } from '../../map/sources/share-text.ts';
import { Button } from '../../ui/button.tsx';
import { Problem, Section } from '../../ui/section.tsx';
import type { SightingDraft } from '../incident/sighting-draft.ts';
import { ReasonDialog } from '../tasks/reason-dialog.tsx';
import { AcceptAllDialog } from './accept-all-dialog.tsx';
import { Curve } from './curve.tsx';
import { refuse, setLocate, shown, useLocate } from './locate-store.ts';
import styles from './locate.module.css';
import { PlanGroupRows } from './plan-group.tsx';
import { Posts } from './posts.tsx';
import { Questions } from './questions.tsx';
import { Refused } from './refused.tsx';
import {
  endedOf,
  firstOfEach,
  groupsOf,
  neighbour,
  type PlanRow,
  refusedOf,
  suggestionsOf,
} from './suggestions.ts';
import { OutOfPlan } from './out-of-plan.tsx';
import { useAccept } from './use-accept.ts';
import { useHeld } from './use-held.ts';
import { usePlanKeys } from './use-plan-keys.ts';

const few = 5;
/** What a unit does after so many looks will be planned anew before it comes to that. */
const mostStops = 3;
/** More crews than this are not sent by one slip of a finger. */
const mostUnasked = 3;
const none: ReadonlySet<string> = new Set();
const noTasks: readonly WorldTask[] = [];

interface PlanProps {
  incident: WorldIncident;
  tasks: readonly WorldTask[];
  /** Opens the form for a sighting, with what a question is about filled in. */
  onRecord: (start: Partial<SightingDraft>) => void;
}

/** Who should look where, in which order, and what that is worth; each suggestion one key away from being an order. */
export function Plan({ incident, tasks, onRecord }: PlanProps) {
  const texts = useTexts(locateTexts);
  const { role } = useSignedIn();
  const belief = useLocate(shown);
  const past = useLocate(locate => locate.past);
  const look = useLocate(locate => locate.look);
  const refused = useLocate(locate => locate.refused);
  const { value: shownNow, hold } = useHeld(belief, past?.mark ?? look);
  const [all, setAll] = useState(false);
  const [asking, setAsking] = useState<readonly PlanRow[] | null>(null);
  const [refusing, setRefusing] = useState<PlanRow | null>(null);
  const accept = useAccept(incident.id);

  const hidden = useMemo(
    () => (refused.seq === shownNow?.posterior.seq ? new Set(Object.keys(refused.reasons)) : none),
    [refused, shownNow],
  );
  // What happened since has no place beside what was planned earlier.
  const live = past === null ? tasks : noTasks;
  const groups = useMemo(
    () => (shownNow ? groupsOf(shownNow.plan, live, hidden) : []),
    [shownNow, live, hidden],
  );
  const visible = (all ? groups : groups.slice(0, few)).map(({ unitId, rows: stops }) => ({
    unitId,
    rows: stops.slice(0, mostStops),
    later: Math.max(0, stops.length - mostStops),
  }));
  const rows = suggestionsOf(visible);
  const keys = rows.map(({ key }) => key);
  const mayAct = mayOrderTasks(role) && past === null && incident.state === 'open';
  const acceptOne = (row: PlanRow) => {
    setLocate({ selected: neighbour(keys, row.key) });
    void accept.one(row);
  };
  const firsts = firstOfEach(groups);
  const acceptFirsts = () => {
    if (firsts.length > mostUnasked) setAsking(firsts);
    else if (firsts.length > 0) void accept.all(firsts);
  };
  const selected = usePlanKeys(rows, mayAct, {
    accept: acceptOne,
    acceptAll: acceptFirsts,
    refuse: setRefusing,
  });
  if (!shownNow) return null;
  const { plan } = shownNow;
  return (
    <Section
      title={texts.plan}
      icon="route"
      action={
        mayAct &&
        firsts.length > 1 && (
          <Button size="s" icon="send" isDisabled={accept.busy} onPress={acceptFirsts}>
            {texts.acceptAll(firsts.length)}
          </Button>
        )
      }
    >
      <Curve curve={plan.pFoundBy} />
      <p className={styles.gap}>
        {texts.gap(shareText(plan.gap))}
        {mayAct && rows.length > 0 && <kbd>{texts.keys(firsts.length > 0)}</kbd>}
      </p>
      <Problem>{accept.problem}</Problem>
      <ul className={styles.groups} {...hold}>
        {visible.map(({ later, ...group }) => (
          <PlanGroupRows
            key={group.unitId}
            group={group}
            later={later}
            ended={endedOf(live, group.unitId)}
            incidentId={incident.id}
            selected={selected}
            mayAct={mayAct}
            busy={accept.busy}
            onAccept={acceptOne}
            onRefuse={setRefusing}
          />
        ))}
      </ul>
      {groups.length === 0 && <p className={styles.muted}>{texts.planEmpty}</p>}
      {groups.length > few && (
        <Button size="s" variant="quiet" onPress={() => setAll(!all)}>
          {all ? texts.fewer : texts.moreUnits(groups.length - few)}
        </Button>
      )}
      <Refused rows={refusedOf(plan, live, hidden)} reasons={refused.reasons} />
      <Posts plan={plan} />
      <Questions questions={plan.questions} mayAct={mayAct} onRecord={onRecord} />
      <OutOfPlan units={plan.unavailable} />
      {asking && (
        <AcceptAllDialog
          rows={asking}
          onAccept={() => void accept.all(asking)}
          onClose={() => setAsking(null)}
        />
      )}
      {refusing && (
        <ReasonDialog
          title={texts.refuseTitle}
          hint={texts.refuseHint}
          onClose={() => setRefusing(null)}
          onReason={async reason => {
            setLocate({ selected: neighbour(keys, refusing.key) });
            refuse(refusing.key, reason ?? '');
          }}
        />
      )}
    </Section>
  );
}
