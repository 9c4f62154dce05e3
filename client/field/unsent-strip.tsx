import { fieldTexts } from '../i18n/sections/field.ts';
import { useFormats, useTexts } from '../i18n/use-t.ts';
import { Icon } from '../ui/icons/icon.tsx';
import styles from './field.module.css';
import { saidInWords } from './said.ts';
import type { FieldOutbox } from './use-outbox.ts';

/** What was said and has not reached the centre. Nothing of it is lost, and nobody believes that it was heard. */
export function UnsentStrip({ outbox }: { outbox: FieldOutbox }) {
  const texts = useTexts(fieldTexts);
  const formats = useFormats();
  const { unsent, sending } = outbox;
  if (unsent.length === 0) return null;
  return (
    <section className={styles.unsent} aria-label={texts.unsent(unsent.length)}>
      <p role="status">
        <Icon name="offline" size="1.3em" />
        <strong>{texts.unsent(unsent.length)}</strong>
        <button type="button" className={styles.small} onClick={outbox.wake}>
          {texts.sendNow}
        </button>
      </p>
      <small>{texts.unsentHint}</small>
      <ol>
        {unsent.map(({ key, place, answer, saidAt }) => (
          <li key={key}>
            <span>
              {formats.timeShort(Date.parse(saidAt))} {saidInWords(answer, texts)} · {place}
            </span>
            {key !== sending && (
              <button type="button" className={styles.small} onClick={() => outbox.takeBack(key)}>
                {texts.takeBack}
              </button>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
