import type { TaskView } from '../api/tasks.ts';
import { fieldTexts } from '../i18n/sections/field.ts';
import { useTexts } from '../i18n/use-t.ts';
import { Icon } from '../ui/icons/icon.tsx';
import type { IconName } from '../ui/icons/icons.ts';
import type { FieldAnswer } from './answers.ts';
import styles from './field.module.css';
import type { Asking } from './sheets.tsx';

interface ActionBarProps {
  task: TaskView;
  onSay: (answer: FieldAnswer) => void;
  onAsk: (what: Asking['what']) => void;
}

/** What a crew can say now, under the thumb: the next step large, the others beside each other. */
export function ActionBar({ task, onSay, onAsk }: ActionBarProps) {
  const texts = useTexts(fieldTexts);
  const { state } = task;
  return (
    <footer className={styles.actions}>
      {state === 'ordered' && (
        <Big icon="check" look="go" wide onPress={() => onSay({ say: 'accept' })}>
          {texts.accept}
        </Big>
      )}
      {state === 'accepted' && (
        <Big icon="pin" look="go" wide onPress={() => onSay({ say: 'arrive' })}>
          {texts.arrive}
        </Big>
      )}
      <Big icon="close" look={state === 'arrived' ? 'go' : 'plain'} onPress={() => onAsk('notHere')}>
        {texts.notHere}
      </Big>
      <Big icon="person" look="found" onPress={() => onAsk('found')}>
        {texts.found}
      </Big>
      {state === 'ordered' ? (
        <Big icon="noEntry" onPress={() => onAsk('refuse')}>
          {texts.refuse}
        </Big>
      ) : (
        <Big icon="lock" onPress={() => onAsk('blocked')}>
          {texts.blocked}
        </Big>
      )}
      <Big icon="bell" look="help" onPress={() => onAsk('help')}>
        {texts.help}
      </Big>
    </footer>
  );
}

interface BigProps {
  icon: IconName;
  look?: 'plain' | 'go' | 'found' | 'help';
  wide?: boolean;
  onPress: () => void;
  children: string;
}

function Big({ icon, look = 'plain', wide = false, onPress, children }: BigProps) {
  return (
    <button
      type="button"
      className={styles.big}
      data-look={look}
      data-wide={wide || undefined}
      onClick={onPress}
    >
      <Icon name={icon} size="1.3em" />
      {children}
    </button>
  );
}
