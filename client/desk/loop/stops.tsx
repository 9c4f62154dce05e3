import { lazy, Suspense, useState } from 'react';
import { isToAsk, stopTotals, type StopTotals } from '#domain/loop/stop.ts';
import type { WorldIncident } from '#domain/world.ts';
import { errorText } from '../../api/error-text.ts';
import { fetchStops, requestAllStops } from '../../api/stops.ts';
import { mayWorkStops } from '../../app/rights.ts';
import { useSignedIn } from '../../app/session.ts';
import { stopTexts } from '../../i18n/sections/stops.ts';
import { useFormats, useT, useTexts } from '../../i18n/use-t.ts';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Problem, Section } from '../../ui/section.tsx';
import { sayDone } from '../desk-store.ts';
import { useAction } from '../use-action.ts';
import { useQuery } from '../use-query.ts';
import { linesOfList, linesOfWorld, lossOf, type StopLine, versionOfStops } from './stop-lines.ts';
import { StopRow } from './stop-row.tsx';
import styles from './stops.module.css';

const StopNewDialog = lazy(() => import('./stop-new-dialog.tsx'));

/** The money of an incident: every account with what its bank was asked and answered, and what it came to. */
export function Stops({ incident }: { incident: WorldIncident }) {
  const t = useT();
  const texts = useTexts(stopTexts);
  const { role } = useSignedIn();
  const works = mayWorkStops(role);
  const { loop } = incident;
  const version = `${incident.id} ${incident.alertCount} ${versionOfStops(loop)}`;
  const list = useQuery(works ? version : null, signal => fetchStops(incident.id, signal));
  const known = useLast(list.data);
  const lines = known ? linesOfList(known) : works ? [] : linesOfWorld(loop);
  const totals =
    known?.totals ??
    stopTotals(Object.values(loop.stops).map(({ id, ...stop }) => ({ ...stop, accountId: id })));
  const open = works && incident.state === 'open';
  if (!works && lines.length === 0) return null;
  return (
    <Section
      title={texts.title}
      icon="place-bank"
      action={open && <Verbs incident={incident} lines={lines} />}
    >
      {lines.length === 0 && known && <p className={styles.empty}>{texts.none}</p>}
      {lines.length > 0 && (
        <ul className={styles.lines}>
          {lines.map(line => (
            <StopRow key={line.key} incident={incident} line={line} works={works} />
          ))}
        </ul>
      )}
      <Totals totals={totals} incident={incident} />
      {list.error !== undefined && <Problem>{errorText(list.error, t)}</Problem>}
    </Section>
  );
}

/** The rows stay where they are while the next answer is under way; the panel of another incident begins anew. */
function useLast<T>(answer: T | undefined): T | undefined {
  const [last, setLast] = useState(answer);
  if (answer !== undefined && answer !== last) setLast(answer);
  return answer ?? last;
}

/** One key asks for every account that no bank was asked for. */
function Verbs({ incident, lines }: { incident: WorldIncident; lines: readonly StopLine[] }) {
  const texts = useTexts(stopTexts);
  const action = useAction();
  const [adding, setAdding] = useState(false);
  const unasked = lines.filter(({ accountId, stop }) => accountId !== null && isToAsk(stop?.state ?? null));
  const askAll = () =>
    void action.run(async () => {
      const { stopIds } = await requestAllStops(incident.id);
      sayDone(texts.asked(stopIds.length));
    });
  return (
    <span className={styles.verbs}>
      {unasked.length > 0 && (
        <span data-key="s">
          <Button size="s" variant="primary" icon="shield" isDisabled={action.busy} onPress={askAll}>
            {texts.all(unasked.length)} <kbd>S</kbd>
          </Button>
        </span>
      )}
      <IconButton icon="plus" label={texts.add} onPress={() => setAdding(true)} />
      <Problem>{action.problem}</Problem>
      {adding && (
        <Suspense>
          <StopNewDialog incidentId={incident.id} onClose={() => setAdding(false)} />
        </Suspense>
      )}
    </span>
  );
}

/** What was asked for, held, not held; and what was lost all the same. */
function Totals({ totals, incident }: { totals: StopTotals; incident: WorldIncident }) {
  const texts = useTexts(stopTexts);
  const formats = useFormats();
  const lost = lossOf(incident.loop);
  const shown = (['asked', 'held', 'waiting', 'refused'] as const).filter(
    name => totals[name] > 0 || (name === 'held' && totals.asked > 0),
  );
  return (
    <dl className={styles.totals}>
      {shown.map(name => (
        <div key={name} data-total={name}>
          <dt>{texts.total[name]}</dt>
          <dd>{formats.yuan(totals[name])}</dd>
        </div>
      ))}
      {lost !== null && (
        <div data-total="lost">
          <dt>{texts.total.lost}</dt>
          <dd>{formats.yuan(lost)}</dd>
        </div>
      )}
    </dl>
  );
}
