import { fetchClosures, openRoad } from '../../api/roads.ts';
import { mayCloseRoads } from '../../app/rights.ts';
import { useSignedIn } from '../../app/session.ts';
import { roadTexts } from '../../i18n/sections/roads.ts';
import { useFormats, useT, useTexts } from '../../i18n/use-t.ts';
import { useLive } from '../../store/live.ts';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Icon } from '../../ui/icons/icon.tsx';
import { Fact, Facts, Problem } from '../../ui/section.tsx';
import { sayDone, setDesk } from '../desk-store.ts';
import cardStyles from '../map-card.module.css';
import { useAction } from '../use-action.ts';
import { useQuery } from '../use-query.ts';
import styles from './roads.module.css';

/** A closed road that was clicked: why, until when, and opening it again. The reason is asked of the server: it is not in the log. */
export function ClosureCard({ closureId }: { closureId: string }) {
  const t = useT();
  const texts = useTexts(roadTexts);
  const formats = useFormats();
  const { role } = useSignedIn();
  const action = useAction();
  const closure = useLive(live => live.world.closures[closureId]);
  const { data } = useQuery(closureId, fetchClosures);
  const told = data?.items.find(({ id }) => id === closureId);
  if (!closure) return null;
  const reopen = async () => {
    if (await action.run(() => openRoad(closureId))) sayDone(texts.reopened);
  };
  return (
    <section className={cardStyles.card} aria-label={texts.closedRoad}>
      <header>
        <Icon name="noEntry" />
        <h3>{told?.roadName ?? texts.closedRoad}</h3>
        <span>{closure.direction === 'both' ? texts.both : texts.forward}</span>
        <IconButton icon="close" label={t.close} onPress={() => setDesk({ selection: null })} />
      </header>
      {told && <p className={styles.reason}>{told.reason}</p>}
      <Facts>
        <Fact name={texts.since}>{formats.stamp(Date.parse(closure.closedAt))}</Fact>
        <Fact name={texts.until}>
          {closure.untilAt === null ? texts.untilOpened : formats.stamp(Date.parse(closure.untilAt))}
        </Fact>
        {told && <Fact name={texts.by}>{told.closedBy}</Fact>}
      </Facts>
      <Problem>{action.problem}</Problem>
      {mayCloseRoads(role) && (
        <span className={cardStyles.buttons}>
          <Button size="s" icon="check" isDisabled={action.busy} onPress={() => void reopen()}>
            {texts.reopen}
          </Button>
        </span>
      )}
    </section>
  );
}
