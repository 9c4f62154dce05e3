import { useMemo } from 'react';
import { answerLeaderCall } from '../../api/lines.ts';
import { deskPath, navigate } from '../../app/router.ts';
import { useNow } from '../../clock/use-now.ts';
import { lineTexts } from '../../i18n/sections/lines.ts';
import { useFormats, useT, useTexts } from '../../i18n/use-t.ts';
import { useLive } from '../../store/live.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons/icon.tsx';
import { Problem } from '../../ui/section.tsx';
import glass from '../glass/glass.module.css';
import { useChime } from '../glass/use-chime.ts';
import { useAction } from '../use-action.ts';
import { type OpenCalls, openCalls } from './open-calls.ts';

/** Across every leader's desk until somebody answers; a new call sounds. */
export default function LeaderCalls() {
  const texts = useTexts(lineTexts).leader;
  const incidents = useLive(live => live.world.incidents);
  const calls = useMemo(() => openCalls(incidents), [incidents]);
  useChime(calls.flatMap(({ callIds }) => callIds));
  const [first, ...others] = calls;
  if (!first) return null;
  return (
    <div className={glass.alarms} role="alert" aria-label={texts.title}>
      {/* One row: more would cover the map. */}
      <Call key={first.incidentId} open={first} more={others.length} />
    </div>
  );
}

function Call({ open, more }: { open: OpenCalls; more: number }) {
  const t = useT();
  const texts = useTexts(lineTexts).leader;
  const formats = useFormats();
  const now = useNow();
  const action = useAction();
  const { incidentId, number, callIds, reasons, calledAt } = open;
  const why = reasons.map(reason => texts.because[reason]).join(t.list);
  const answer = () =>
    void action.run(async () => {
      for (const callId of callIds) await answerLeaderCall(callId);
    });
  return (
    <p className={glass.alarm} data-running>
      <Icon name="bell" size="1.4em" />
      <strong>{texts.call(number, why)}</strong>
      <time>{formats.clockAge((now - Date.parse(calledAt)) / 1000)}</time>
      {more > 0 && <small>{texts.more(more)}</small>}
      <Problem>{action.problem}</Problem>
      <span className={glass.verbs} data-key="y">
        <Button size="s" variant="primary" isDisabled={action.busy} onPress={answer}>
          {texts.answer} <kbd>Y</kbd>
        </Button>
        <Button size="s" onPress={() => navigate(deskPath(incidentId))}>
          {texts.show}
        </Button>
      </span>
    </p>
  );
}
