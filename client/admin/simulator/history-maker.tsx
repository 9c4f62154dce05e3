import { useState } from 'react';
import { simulatorTexts } from '../../i18n/sections/simulator.ts';
import { useFormats, useTexts } from '../../i18n/use-t.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import type { SimulatorProps } from './control-bar.tsx';
import styles from './simulator.module.css';

/** Lets demo time run through some days. */
export function HistoryMaker({ view, busy, tell }: SimulatorProps) {
  const texts = useTexts(simulatorTexts).history;
  const formats = useFormats();
  const [days, setDays] = useState('7');
  const { history, demoAt } = view;
  const sound = /^\d+$/.test(days) && Number(days) >= 1 && Number(days) <= 14;
  const share =
    history &&
    (Date.parse(demoAt) - Date.parse(history.fromAt)) /
      (Date.parse(history.toAt) - Date.parse(history.fromAt));
  return (
    <section aria-label={texts.title}>
      <h2>{texts.title}</h2>
      <p className={styles.hint}>{texts.hint}</p>
      {history ? (
        <div className={styles.making} role="status">
          <progress value={share ?? 0} max={1} aria-label={texts.title} />
          {texts.making(formats.number(history.incidents), formats.day(Date.parse(demoAt)))}
        </div>
      ) : (
        <div className={styles.days}>
          <Field
            label={texts.days}
            value={days}
            onChange={setDays}
            numeric
            unmarked
            error={sound ? null : '1–14'}
          />
          <Button
            icon="stepForward"
            isDisabled={busy || !sound || view.current?.training === true}
            onPress={() => tell({ action: 'history', days: Number(days) })}
          >
            {texts.make}
          </Button>
        </div>
      )}
    </section>
  );
}
