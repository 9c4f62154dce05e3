import type { WorldAuthority } from '#domain/world.ts';
import { useNow } from '../../clock/use-now.ts';
import { accessTexts } from '../../i18n/sections/access.ts';
import { useFormats, useTexts } from '../../i18n/use-t.ts';
import styles from './glass.module.css';

/** Whether a use of break-glass was reviewed, or how long there is for it; one that is overdue stands out. */
export function GlassReviewState({ glass }: { glass: NonNullable<WorldAuthority['breakGlass']> }) {
  const texts = useTexts(accessTexts).reviewState;
  const formats = useFormats();
  const leftS = (Date.parse(glass.reviewDueAt) - useNow()) / 1000;
  if (glass.verdict !== null)
    return (
      <small className={styles.review} data-verdict={glass.verdict}>
        {texts[glass.verdict]}
      </small>
    );
  return (
    <small className={styles.review} data-overdue={leftS <= 0 || undefined}>
      {leftS > 0 ? texts.due(formats.clockAge(leftS)) : texts.overdue(formats.clockAge(-leftS))}
    </small>
  );
}
