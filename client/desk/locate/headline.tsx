import { locateTexts } from '../../i18n/sections/locate.ts';
import { usePrefs } from '../../app/prefs.ts';
import { useFormats, useT, useTexts } from '../../i18n/use-t.ts';
import { shareText } from '../../map/sources/share-text.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Problem } from '../../ui/section.tsx';
import { errorText } from '../../api/error-text.ts';
import { useAction } from '../use-action.ts';
import { doubtKm, foundBy } from './figures.ts';
import styles from './locate.module.css';
import { type Belief, shown, useLocate } from './locate-store.ts';
import { closePast, openPast } from './past.ts';
import { PastSlider } from './past-slider.tsx';
import { nameIn } from '../../i18n/name-in.ts';

/** A place less likely than this is not where one would look first. */
const standsOut = 0.05;

/**
 * For somebody who has ten seconds: where she most likely is, how soon she is found, how much is not known. `still`: the moment
 * is chosen elsewhere.
 */
export function Headline({ still = false }: { still?: boolean }) {
  const t = useT();
  const texts = useTexts(locateTexts);
  const look = useLocate(locate => locate.look);
  const belief = useLocate(shown);
  const error = useLocate(locate => locate.error);
  const marks = useLocate(locate => locate.marks);
  const action = useAction();
  if (!look) return null;
  return (
    <section className={styles.headline} aria-label={texts.where}>
      {belief ? <Sentence belief={belief} /> : !error && <p role="status">{texts.computing}</p>}
      {belief && !still && (
        <IconButton
          icon="history"
          label={texts.lookBack}
          isActive={marks !== null}
          isDisabled={action.busy}
          onPress={() => (marks ? closePast() : void action.run(openPast))}
        />
      )}
      {marks && <PastSlider marks={marks} />}
      <Problem>{error ? `${texts.failed}: ${errorText(error, t)}` : action.problem}</Problem>
    </section>
  );
}

function Sentence({ belief: { posterior, plan } }: { belief: Belief }) {
  const texts = useTexts(locateTexts);
  const formats = useFormats();
  const lang = usePrefs(prefs => prefs.lang);
  const [best] = posterior.places;
  const doubt = formats.distance(doubtKm(posterior) * 1000);
  return (
    <div className={styles.sentence}>
      <strong>
        {best
          ? (best.poa < standsOut ? texts.mostOfNone : texts.mostLikely)(
              nameIn(best, lang),
              shareText(best.poa),
            )
          : texts.nothingLikely}
      </strong>
      <p>
        <b>{texts.foundWithin(15, shareText(foundBy(plan.pFoundBy, 15)))}</b>
        <span>{texts.doubt(doubt)}</span>
        <span>{texts.elsewhere(shareText(posterior.restOfWorld))}</span>
      </p>
    </div>
  );
}
