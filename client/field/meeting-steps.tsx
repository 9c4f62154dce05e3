import { fieldTexts } from '../i18n/sections/field.ts';
import { useTexts } from '../i18n/use-t.ts';
import styles from './field.module.css';

/** What to do now that she was found. */
export function MeetingSteps() {
  const texts = useTexts(fieldTexts);
  return (
    <section className={styles.meeting}>
      <h2>{texts.meeting}</h2>
      <ol>
        {texts.meetingSteps.map(step => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </section>
  );
}
