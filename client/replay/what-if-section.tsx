import { useEffect, useState } from 'react';
import {
  mostDraws,
  type WhatIfChange,
  type WhatIfPolicy,
  type WhatIfView,
  whatIfPolicies,
} from '#contract/what-if.ts';
import { changeSaid, differenceSaid, isDifferent } from '#contract/what-if-said.ts';
import type { WorldIncident } from '#domain/world.ts';
import { fetchWhatIfs, runWhatIf } from '../api/replay.ts';
import { useNow } from '../clock/use-now.ts';
import { useLocate } from '../desk/locate/locate-store.ts';
import { useAction } from '../desk/use-action.ts';
import { useQuery } from '../desk/use-query.ts';
import { afterActionTexts } from '../i18n/sections/after-action.ts';
import { whatIfTexts } from '../i18n/sections/what-if.ts';
import { useFormats, useTexts } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { ChoiceField } from '../ui/field.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { Problem, Section } from '../ui/section.tsx';
import { markSpans, presentMoment, seek } from './player.ts';
import { useTraced } from './traced.ts';
import { MeetingCurves } from './meeting-curves.tsx';
import { ChangeForm } from './what-if-change.tsx';
import styles from './what-if-section.module.css';

/** Other futures of the moment that is shown, for whoever has the trace open; and those that were run on before. */
export function WhatIfSection({ incident }: { incident: WorldIncident }) {
  const texts = useTexts(whatIfTexts);
  const isOpen = useTraced(traced => traced.incidentId === incident.id && traced.state === 'open');
  const forks = useQuery(`what if ${incident.id}`, signal => fetchWhatIfs(incident.id, signal));
  const newest = forks.data?.[0];
  useEffect(() => {
    markSpans(newest && isDifferent(newest.result) ? decisiveSpans(newest) : []);
    return () => markSpans([]);
  }, [newest]);
  return (
    <Section title={texts.title} icon="route">
      {isOpen && incident.state === 'open' ? (
        <Composer incident={incident} onRun={forks.reload} />
      ) : (
        <p className={styles.muted}>{isOpen ? texts.over : texts.closed}</p>
      )}
      <ol className={styles.forks}>
        {(forks.data ?? []).map((fork, index) => (
          <Fork key={fork.id} fork={fork} open={index === 0} />
        ))}
      </ol>
    </Section>
  );
}

/** When most of the difference arises, ms since 1970. */
const decisiveSpans = ({ at, result }: WhatIfView) =>
  result.decisive.map(({ fromMin, toMin }) => ({
    fromMs: Date.parse(at) + fromMin * 60_000,
    toMs: Date.parse(at) + toMin * 60_000,
  }));

/** What will be changed, and who decides afterwards. */
function Composer({ incident, onRun }: { incident: WorldIncident; onRun: () => void }) {
  const texts = useTexts(whatIfTexts);
  const said = useTexts(afterActionTexts);
  const formats = useFormats();
  const now = useNow();
  const look = useLocate(locate => locate.look);
  const action = useAction();
  const [changes, setChanges] = useState<{ change: WhatIfChange; text: string }[]>([]);
  const [policy, setPolicy] = useState<WhatIfPolicy>('lastPing');
  const slow =
    policy === 'plan' || changes.some(({ change }) => change.kind === 'policy' && change.policy === 'plan');
  const run = async () => {
    if (!look) return;
    const body = {
      at: new Date(presentMoment()).toISOString(),
      changes: changes.map(({ change }) => change),
      policy,
      draws: slow ? mostDraws.plan : 100,
    };
    if (await action.run(() => runWhatIf({ ...look, incidentId: incident.id }, body))) {
      setChanges([]);
      onRun();
    }
  };
  return (
    <div className={styles.composer}>
      <p className={styles.muted}>{texts.hint}</p>
      <strong>{texts.fork(formats.time(now))}</strong>
      {changes.length > 0 && (
        <ul>
          {changes.map(({ change, text }) => (
            <li key={text}>
              {text}
              <IconButton
                icon="close"
                label={texts.remove(text)}
                onPress={() => setChanges(changes.filter(each => each.change !== change))}
              />
            </li>
          ))}
        </ul>
      )}
      <ChangeForm
        incident={incident}
        onAdd={(change, text) =>
          setChanges([...changes.filter(each => each.text !== text), { change, text }])
        }
      />
      <ChoiceField<WhatIfPolicy>
        label={texts.policy}
        value={policy}
        onChange={setPolicy}
        choices={whatIfPolicies.map(value => ({ value, label: said.policies[value] }))}
      />
      <Button
        variant="primary"
        isDisabled={changes.length === 0 || action.busy || !look}
        onPress={() => void run()}
      >
        {action.busy ? (slow ? texts.runningPlan : texts.running) : texts.run}
      </Button>
      <Problem>{action.problem}</Problem>
    </div>
  );
}

function Fork({ fork, open }: { fork: WhatIfView; open: boolean }) {
  const texts = useTexts(whatIfTexts);
  const said = useTexts(afterActionTexts);
  const formats = useFormats();
  const clock = (at: string) => formats.time(Date.parse(at));
  const atMs = Date.parse(fork.at);
  const { result } = fork;
  return (
    <li>
      <details open={open}>
        <summary>
          {texts.fork(clock(fork.at))}{' '}
          {fork.changes.map(change => changeSaid(change, said, clock)).join('; ')}
        </summary>
        <p>{differenceSaid(result, said)}</p>
        <MeetingCurves result={result} />
        {isDifferent(result) && result.decisive.length > 0 && (
          <p>
            {texts.decisive}{' '}
            {decisiveSpans(fork).map(({ fromMs, toMs }) => (
              <Button key={fromMs} size="s" onPress={() => seek(fromMs)}>
                {formats.timeShort(fromMs)}–{formats.timeShort(toMs)}
              </Button>
            ))}
          </p>
        )}
        <p className={styles.muted}>
          {said.policies[fork.policy]} · {texts.saved(clock(fork.at), fork.draws, fork.seed)}{' '}
          <Button size="s" variant="quiet" onPress={() => seek(atMs)}>
            {texts.show}
          </Button>
        </p>
      </details>
    </li>
  );
}
