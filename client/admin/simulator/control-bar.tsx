import { useId, useState } from 'react';
import type { CurrentScenario, SimulatorBody, SimulatorView } from '#contract/simulator.ts';
import { usePrefs } from '../../app/prefs.ts';
import { deskPath, navigate } from '../../app/router.ts';
import { DemoTime } from '../../clock/demo-time.tsx';
import { useNow } from '../../clock/use-now.ts';
import { simulatorTexts } from '../../i18n/sections/simulator.ts';
import { useFormats, useTexts } from '../../i18n/use-t.ts';
import { Button } from '../../ui/button.tsx';
import styles from './simulator.module.css';

export interface SimulatorProps {
  view: SimulatorView;
  busy: boolean;
  tell: (body: SimulatorBody) => void;
}

/** What is played now, the clock that it is played by, and the buttons that stop and start it. */
export function ControlBar({ view, busy, tell }: SimulatorProps) {
  const texts = useTexts(simulatorTexts);
  const formats = useFormats();
  const now = useNow();
  const { state, current, history } = view;
  return (
    <section className={styles.bar} aria-label={texts.playing}>
      <div className={styles.clock}>
        <span>{texts.clock}</span>
        <time dateTime={new Date(now).toISOString()}>{formats.time(now)}</time>
        <span>
          {formats.day(now)} {history === null && <DemoTime />}
        </span>
      </div>
      <div className={styles.now} data-state={state} role="status">
        <strong>{history ? texts.history.running : texts.states[state]}</strong>
        {current ? (
          <Playing current={current} view={view} />
        ) : (
          <span>{state === 'idle' ? texts.lifeStopped : texts.nothingPlayed}</span>
        )}
      </div>
      <Pace
        key={view.rate}
        rate={view.rate}
        disabled={busy || history !== null}
        onChange={rate => tell({ action: 'rate', rate })}
      />
      <div className={styles.buttons}>
        {state === 'paused' ? (
          <Button variant="primary" icon="play" isDisabled={busy} onPress={() => tell({ action: 'resume' })}>
            {texts.resume}
          </Button>
        ) : (
          <Button
            icon="pause"
            isDisabled={busy || history !== null}
            onPress={() => tell({ action: 'pause' })}
          >
            {texts.pause}
          </Button>
        )}
        {state === 'idle' ? (
          <Button icon="play" isDisabled={busy} onPress={() => tell({ action: 'start' })}>
            {texts.life}
          </Button>
        ) : (
          <Button icon="close" isDisabled={busy || history !== null} onPress={() => tell({ action: 'stop' })}>
            {texts.stop}
          </Button>
        )}
      </div>
    </section>
  );
}

function Playing({ current, view }: { current: CurrentScenario; view: SimulatorView }) {
  const texts = useTexts(simulatorTexts);
  const formats = useFormats();
  const lang = usePrefs(prefs => prefs.lang);
  const now = useNow();
  const title = view.scenarios.find(({ id }) => id === current.scenarioId)?.title[lang] ?? current.scenarioId;
  const { incidentId } = current;
  const leader = current.humanLeads ? texts.byPerson : texts.byItself;
  return (
    <>
      <span className={styles.title}>{title}</span>
      <span>
        {formats.clockAge((now - Date.parse(current.startedAt)) / 1000)} · {texts.seed} {current.seed} ·{' '}
        {current.training ? texts.training : leader}
      </span>
      {incidentId !== null && (
        <Button size="s" icon="arrowRight" onPress={() => navigate(deskPath(incidentId))}>
          {texts.openDesk}
        </Button>
      )}
    </>
  );
}

/** A slider whose steps grow: 1, 2, 5 … 60. The server is told when it is let go. */
function Pace({
  rate,
  disabled,
  onChange,
}: {
  rate: number;
  disabled: boolean;
  onChange: (rate: number) => void;
}) {
  const texts = useTexts(simulatorTexts);
  const id = useId();
  const [shown, setShown] = useState(rate);
  return (
    <div className={styles.pace}>
      <label htmlFor={id}>{texts.pace}</label>
      <input
        id={id}
        type="range"
        min={0}
        max={paces.length - 1}
        step={1}
        value={nearestPace(shown)}
        disabled={disabled}
        aria-valuetext={`×${shown}`}
        onChange={change => setShown(paces[Number(change.target.value)] ?? 1)}
        onPointerUp={() => shown !== rate && onChange(shown)}
        onKeyUp={() => shown !== rate && onChange(shown)}
      />
      <output htmlFor={id}>×{shown}</output>
    </div>
  );
}

const paces = [1, 2, 3, 5, 10, 15, 20, 30, 45, 60];

const nearestPace = (rate: number): number =>
  paces.reduce((best, pace, i) => (Math.abs(pace - rate) < Math.abs(paces[best]! - rate) ? i : best), 0);
