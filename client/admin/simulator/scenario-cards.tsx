import { useState } from 'react';
import type { ScenarioView } from '#contract/simulator.ts';
import { usePrefs } from '../../app/prefs.ts';
import { serverNow } from '../../clock/use-now.ts';
import { simulatorTexts } from '../../i18n/sections/simulator.ts';
import { useFormats, useT, useTexts } from '../../i18n/use-t.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { RiskMark } from '../../ui/icons/risk-mark.tsx';
import type { SimulatorProps } from './control-bar.tsx';
import styles from './simulator.module.css';

const mostSeed = 0xffff_ffff;

/** The ten scenarios as cards; each can be trained, or watched. */
export function ScenarioCards({ view, busy, tell }: SimulatorProps) {
  const texts = useTexts(simulatorTexts);
  const [seed, setSeed] = useState('1');
  const number = Number(seed);
  const sound = /^\d+$/.test(seed.trim()) && number <= mostSeed;
  const start = (scenario: string, training: boolean) =>
    tell({ action: 'start', scenario, seed: number, training });
  return (
    <section aria-label={texts.scenarios}>
      <header className={styles.head}>
        <h2>{texts.scenarios}</h2>
        <div className={styles.seed}>
          <Field
            label={texts.seed}
            hint={texts.seedHint}
            error={sound ? null : texts.seedWrong}
            value={seed}
            onChange={setSeed}
            numeric
            unmarked
          />
          <Button
            size="s"
            icon="refresh"
            onPress={() => setSeed(String(Math.floor(serverNow() / 10) % 10_000))}
          >
            {texts.anotherSeed}
          </Button>
        </div>
      </header>
      <ul className={styles.cards}>
        {view.scenarios.map(scenario => (
          <Card
            key={scenario.id}
            scenario={scenario}
            playing={view.current?.scenarioId === scenario.id}
            disabled={busy || !sound || view.history !== null}
            onStart={training => start(scenario.id, training)}
          />
        ))}
      </ul>
    </section>
  );
}

interface CardProps {
  scenario: ScenarioView;
  playing: boolean;
  disabled: boolean;
  onStart: (training: boolean) => void;
}

function Card({ scenario, playing, disabled, onStart }: CardProps) {
  const t = useT();
  const texts = useTexts(simulatorTexts);
  const formats = useFormats();
  const lang = usePrefs(prefs => prefs.lang);
  const { title, brief, risk, scamType, referenceMinutes } = scenario;
  return (
    <li className={styles.card} data-playing={playing || undefined}>
      <h3>
        <RiskMark risk={risk} size="1.2em" label={t.risk[risk]} /> {title[lang]}
      </h3>
      <p className={styles.facts}>
        {t.scam[scamType]} · {texts.minutes(formats.number(referenceMinutes))}
      </p>
      <p>{brief[lang]}</p>
      <div className={styles.buttons}>
        <Button variant="primary" size="s" icon="shield" isDisabled={disabled} onPress={() => onStart(true)}>
          {texts.train}
        </Button>
        <Button size="s" icon="play" isDisabled={disabled} onPress={() => onStart(false)}>
          {texts.watch}
        </Button>
      </div>
    </li>
  );
}
