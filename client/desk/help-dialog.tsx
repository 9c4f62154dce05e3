import { clockTexts } from '../i18n/sections/clocks.ts';
import { lineTexts } from '../i18n/sections/lines.ts';
import { locateTexts } from '../i18n/sections/locate.ts';
import { stopTexts } from '../i18n/sections/stops.ts';
import { useT, useTexts } from '../i18n/use-t.ts';
import { Dialog } from '../ui/dialog.tsx';
import styles from './help-dialog.module.css';

export function HelpDialog({ onClose }: { onClose: () => void }) {
  const t = useT();
  const { shortcuts } = t;
  const locate = useTexts(locateTexts).shortcuts;
  const lines = useTexts(lineTexts).keys;
  const clocks = useTexts(clockTexts);
  const stops = useTexts(stopTexts);
  const keys: readonly [string, string][] = [
    ['/', shortcuts.search],
    ['[ / ]', locate.incidents],
    ['j', shortcuts.next],
    ['k', shortcuts.previous],
    ['n', shortcuts.nearest],
    ['f', shortcuts.fit],
    ['c', t.incident.locate],
    ['m', shortcuts.measure],
    ['l', shortcuts.layers],
    ['a', shortcuts.alert],
    ['Esc', shortcuts.escape],
    ['?', shortcuts.help],
  ];
  const planKeys: readonly [string, string][] = [
    ['j', locate.next],
    ['k', locate.previous],
    ['a', locate.accept],
    ['Shift + a', locate.acceptAll],
    ['r', locate.refuse],
  ];
  const lineKeys: readonly [string, string][] = [
    ['p', lines.paper],
    ['t 1–8', lines.contact],
    ['y', lines.leader],
    ['u', clocks.strip],
    ['s', stops.allKey],
  ];
  return (
    <Dialog title={shortcuts.title} isOpen onClose={onClose}>
      <Keys keys={keys} />
      <h3>{locate.title}</h3>
      <Keys keys={planKeys} />
      <h3>{lines.title}</h3>
      <Keys keys={lineKeys} />
    </Dialog>
  );
}

function Keys({ keys }: { keys: readonly [string, string][] }) {
  return (
    <dl className={styles.keys}>
      {keys.map(([key, does]) => (
        <div key={does}>
          <dt>
            <kbd>{key}</kbd>
          </dt>
          <dd>{does}</dd>
        </div>
      ))}
    </dl>
  );
}
