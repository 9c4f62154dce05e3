import type { Question } from '../../api/locate.ts';
import { mayRecordSightings } from '../../app/rights.ts';
import { useSignedIn } from '../../app/session.ts';
import { locateTexts } from '../../i18n/sections/locate.ts';
import { useTexts } from '../../i18n/use-t.ts';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import type { IconName } from '../../ui/icons/icons.ts';
import { Icon } from '../../ui/icons/icon.tsx';
import { sayDone } from '../desk-store.ts';
import { type SightingDraft, typedPosition } from '../incident/sighting-draft.ts';
import { showNearest } from '../nearest.ts';
import { currentReference, useReferenceList } from '../reference.ts';
import { lngLat } from '../scene.ts';
import { copyText } from './copy-text.ts';
import { locateStore } from './locate-store.ts';
import styles from './locate.module.css';
import { targetOf } from './target.ts';

const icons: Record<Question['ask'], IconName> = {
  ping: 'sighting-fix',
  camera: 'sighting-camera',
  hotelRegister: 'place-hotel',
  usualPlaces: 'people',
  bankAlert: 'place-bank',
  vehicle: 'unit-car',
};

interface QuestionsProps {
  questions: readonly Question[];
  mayAct: boolean;
  onRecord: (start: Partial<SightingDraft>) => void;
}

/** What to find out next, the most worthwhile first, with what it costs others. */
export function Questions({ questions, mayAct, onRecord }: QuestionsProps) {
  const texts = useTexts(locateTexts);
  const { role } = useSignedIn();
  const asksCamera = questions.some(({ ask }) => ask === 'camera');
  useReferenceList('cameras', asksCamera);
  if (questions.length === 0) return null;
  const copy = async (text: string) => {
    await copyText(text);
    sayDone(texts.copied);
  };
  return (
    <div className={styles.questions}>
      <h4>{texts.questions}</h4>
      <ol>
        {questions.map(question => (
          <li key={question.ask + question.targetIds.join()}>
            <Icon name={icons[question.ask]} size="1.2em" />
            <p>
              {question.text}
              <small>{texts.intrusion[question.intrusion]}</small>
            </p>
            {question.ask !== 'bankAlert' && mayAct && mayRecordSightings(role) && (
              <Button size="s" onPress={() => begin(question, onRecord)}>
                {texts.doAsk[question.ask]}
              </Button>
            )}
            <IconButton icon="document" label={texts.copy} onPress={() => void copy(question.text)} />
          </li>
        ))}
      </ol>
    </div>
  );
}

/** Opens what takes the answer, filled in as far as the question says. */
function begin({ ask, targetIds: [targetId] }: Question, onRecord: QuestionsProps['onRecord']): void {
  if (ask === 'hotelRegister') return sendToRegister(targetId);
  if (ask === 'ping') return onRecord({ kind: 'cell' });
  if (ask !== 'camera') return onRecord({ kind: 'report' });
  const camera = currentReference().cameras.find(({ id }) => id === targetId);
  onRecord({
    kind: 'camera',
    ...(camera && { position: typedPosition(camera.position), source: camera.name }),
    ...(camera && camera.headingDeg !== null && { headingDeg: String(camera.headingDeg) }),
  });
}

function sendToRegister(placeId: string | undefined): void {
  const place = locateStore.getState().now?.posterior.places.find(each => each.placeId === placeId);
  if (place) showNearest(lngLat(place.position), targetOf(place, 'registerChecked'));
}
