import { errorText } from '../api/error-text.ts';
import { ApiFailure } from '../api/http.ts';
import { fieldTexts } from '../i18n/sections/field.ts';
import { meetingTexts } from '../i18n/sections/meeting.ts';
import { useT, useTexts } from '../i18n/use-t.ts';
import { Icon } from '../ui/icons/icon.tsx';
import styles from './field.module.css';
import type { FieldMeeting } from './use-meeting.ts';

/** What of the meeting has not reached the centre, and what the centre did not take. */
export function MeetingStrip({ meeting: { unsent, refused, wake, acknowledge } }: { meeting: FieldMeeting }) {
  const t = useT();
  const texts = useTexts(meetingTexts);
  const field = useTexts(fieldTexts);
  return (
    <>
      {refused.map(({ unsent: { key, deed }, code }) => (
        <p key={key} className={styles.banner} data-kind="refused" role="alert">
          <Icon name="warning" size="1.4em" />
          <span>
            <strong>{texts.refused(texts.deeds[deed.say])}</strong>
            <small>{errorText(new ApiFailure(code, ''), t)}</small>
          </span>
          <button type="button" className={styles.small} onClick={() => acknowledge(key)}>
            {field.acknowledge}
          </button>
        </p>
      ))}
      {unsent.length > 0 && (
        <div className={styles.unsent}>
          <p role="status">
            <Icon name="offline" size="1.3em" />
            <strong>{texts.waiting(unsent.length)}</strong>
            <button type="button" className={styles.small} onClick={wake}>
              {field.sendNow}
            </button>
          </p>
        </div>
      )}
    </>
  );
}
