import { useSignedIn } from '../app/session.ts';
import { deskTexts } from '../i18n/sections/desk.ts';
import { useT, useTexts } from '../i18n/use-t.ts';
import { Dialog } from '../ui/dialog.tsx';
import styles from './help-dialog.module.css';
import { keyText } from './key-text.ts';
import { type Verb, verbsOf } from './verbs.ts';

const groups: readonly Verb['group'][] = ['desk', 'incident', 'plan', 'map'];

/** Every key that means something to who is signed in. */
export function HelpDialog({ onClose }: { onClose: () => void }) {
  const t = useT();
  const texts = useTexts(deskTexts);
  const { role } = useSignedIn();
  const known = verbsOf(role).filter(({ keys }) => keys.length > 0);
  return (
    <Dialog title={t.shortcuts.title} isOpen onClose={onClose} wide>
      {groups.map(group => (
        <section key={group} className={styles.group}>
          <h3>{texts.groups[group]}</h3>
          <dl className={styles.keys}>
            {known
              .filter(verb => verb.group === group)
              .map(verb => (
                <div key={verb.id}>
                  <dt>
                    {verb.keys.map(key => (
                      <kbd key={key}>{keyText(key)}</kbd>
                    ))}
                  </dt>
                  <dd>{verb.name(texts)}</dd>
                </div>
              ))}
          </dl>
        </section>
      ))}
    </Dialog>
  );
}
