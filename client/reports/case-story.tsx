import { useState } from 'react';
import type { TypicalCase } from '#contract/bulletin.ts';
import { reportTexts } from '../i18n/sections/reports.ts';
import { useFormats, useT, useTexts } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import styles from './reports.module.css';

/** The case worth telling, as sentences out of the log; to be copied and forwarded. */
export function CaseStory({ told }: { told: TypicalCase | null }) {
  const t = useT();
  const texts = useTexts(reportTexts);
  const formats = useFormats();
  const [copied, setCopied] = useState(false);
  const head =
    told &&
    texts.typicalHead(
      told.nameMasked ?? texts.someone,
      t.scam[told.scamType],
      told.stationName ?? texts.noStation,
    );
  const sentences = told?.facts.map(fact => texts.fact(fact, formats.stamp(Date.parse(fact.at)))) ?? [];
  const sum = told && texts.typicalSum(texts.duration(told.alertToMetS), formats.number(told.heldAmount, 2));
  async function copy(): Promise<void> {
    await navigator.clipboard.writeText([head, ...sentences, sum].join('\n'));
    setCopied(true);
  }
  return (
    <section className={styles.block}>
      <h3>
        {texts.typical}
        {told && (
          <Button size="s" onPress={() => void copy()} className={styles.copy}>
            {copied ? texts.copied : texts.copy}
          </Button>
        )}
      </h3>
      {told ? (
        <div className={styles.story}>
          <strong>{head}</strong>
          <ol>
            {told.facts.map((fact, i) => (
              <li key={`${fact.at} ${fact.kind} ${'step' in fact ? fact.step : ''}`}>{sentences[i]}</li>
            ))}
          </ol>
          <p>{sum}</p>
        </div>
      ) : (
        <p className={styles.hint}>{texts.noTypical}</p>
      )}
    </section>
  );
}
