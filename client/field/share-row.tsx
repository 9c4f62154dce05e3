import { useNow } from '../clock/use-now.ts';
import { fieldTexts } from '../i18n/sections/field.ts';
import { useFormats, useTexts } from '../i18n/use-t.ts';
import { useLive } from '../store/live.ts';
import { Icon } from '../ui/icons/icon.tsx';
import styles from './field.module.css';
import type { OwnPlace } from './use-own-place.ts';

/** Whether this phone tells where it is: said plainly, switched with one tap. */
export function ShareRow({ own, unitId }: { own: OwnPlace; unitId: string }) {
  const texts = useTexts(fieldTexts);
  const callsign = useLive(live => live.world.units[unitId]?.callsign) ?? '';
  return (
    <section className={styles.share} data-on={own.on || undefined} aria-label={texts.share}>
      <Icon name="follow" size="1.5em" />
      <div>
        <strong>{texts.share}</strong>
        <p role="status">{own.on ? texts.shareOn(callsign) : texts.shareOff}</p>
        {own.on && <Sent own={own} />}
        {own.problem && (
          <p className={styles.warn} role="alert">
            {texts.shareProblem[own.problem]}
          </p>
        )}
      </div>
      <button
        type="button"
        role="switch"
        aria-checked={own.on}
        className={styles.small}
        aria-label={texts.share}
        onClick={own.on ? own.turnOff : own.turnOn}
      >
        {own.on ? texts.turnOff : texts.turnOn}
      </button>
    </section>
  );
}

function Sent({ own: { fix, sentAt } }: { own: OwnPlace }) {
  const texts = useTexts(fieldTexts);
  const formats = useFormats();
  const now = useNow();
  return (
    <>
      <small>
        {sentAt === null || !fix
          ? texts.shareStarting
          : texts.shareSent(
              formats.age(Math.max(0, (now - sentAt) / 1000)),
              formats.distance(fix.coords.accuracy),
            )}
      </small>
      <small>{texts.shareBackground}</small>
    </>
  );
}
