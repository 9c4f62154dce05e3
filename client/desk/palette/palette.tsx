import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { Dialog, Modal, ModalOverlay } from 'react-aria-components';
import { useSignedIn } from '../../app/session.ts';
import { deskTexts } from '../../i18n/sections/desk.ts';
import { useTexts } from '../../i18n/use-t.ts';
import { Icon } from '../../ui/icons/icon.tsx';
import type { Found } from './items.ts';
import styles from './palette.module.css';
import { recentKeys, rememberKey } from './recent.ts';
import { useFound } from './use-found.ts';

/** One field for everything: incidents and people, places and addresses, units, and every action with its key. */
export default function Palette({ onClose }: { onClose: () => void }) {
  const texts = useTexts(deskTexts).palette;
  return (
    <ModalOverlay
      className={styles.overlay ?? ''}
      isOpen
      isDismissable
      onOpenChange={open => !open && onClose()}
    >
      <Modal className={styles.modal ?? ''}>
        <Dialog className={styles.dialog ?? ''} aria-label={texts.title}>
          <Search onClose={onClose} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

const optionId = (index: number) => `palette-${index}`;

function Search({ onClose }: { onClose: () => void }) {
  const texts = useTexts(deskTexts);
  const { userId } = useSignedIn();
  const [recent] = useState(() => recentKeys(userId));
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const { found, searching, unreachable } = useFound(text, recent);
  const current = Math.min(at, found.length - 1);
  const choose = (item: Found) => {
    rememberKey(userId, item.key);
    onClose();
    // Once the dialog is gone: what is found by its key must not be behind it, and the focus is where it was.
    setTimeout(item.run);
  };
  const onKey = (pressed: KeyboardEvent) => {
    const item = found[current];
    const last = found.length - 1;
    const moves: Record<string, number> = {
      ArrowDown: current < last ? current + 1 : 0,
      ArrowUp: current > 0 ? current - 1 : last,
      Home: 0,
      End: last,
    };
    const to = moves[pressed.key];
    // Enter that ends the writing of a Chinese word is not one that chooses.
    if (pressed.key === 'Enter' && item && !pressed.nativeEvent.isComposing) choose(item);
    else if (to !== undefined && (text === '' || pressed.key.startsWith('Arrow'))) setAt(to);
    else return;
    pressed.preventDefault();
  };
  return (
    <>
      <div className={styles.field}>
        <Icon name="magnifier" />
        <input
          // A dialog that was asked for by a key is for typing.
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
          role="combobox"
          aria-label={texts.palette.title}
          aria-expanded
          aria-controls="palette-list"
          aria-activedescendant={found.length > 0 ? optionId(current) : undefined}
          placeholder={texts.palette.placeholder}
          value={text}
          onChange={({ target }) => {
            setText(target.value);
            setAt(0);
          }}
          onKeyDown={onKey}
        />
      </div>
      <List found={found} current={current} onPoint={setAt} onChoose={choose} grouped={text.trim() === ''} />
      <footer className={styles.foot}>
        <span role="status">
          {unreachable && texts.palette.unreachable}
          {searching && texts.palette.searching}
          {!searching && !unreachable && found.length === 0 && texts.palette.nothing}
          {!searching && !unreachable && found.length > 0 && texts.palette.results(found.length)}
        </span>
        <span>{texts.palette.hint}</span>
      </footer>
    </>
  );
}

interface ListProps {
  found: readonly Found[];
  current: number;
  grouped: boolean;
  onPoint: (index: number) => void;
  onChoose: (item: Found) => void;
}

function List({ found, current, grouped, onPoint, onChoose }: ListProps) {
  const texts = useTexts(deskTexts);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector(`#${optionId(current)}`)?.scrollIntoView({ block: 'nearest' });
  }, [current, found]);
  return (
    <div ref={list} id="palette-list" role="listbox" aria-label={texts.palette.title} className={styles.list}>
      {found.map((item, index) => (
        <div
          key={item.key}
          id={optionId(index)}
          role="option"
          aria-selected={index === current}
          className={styles.item}
          data-icon={item.icon}
          data-first={(grouped && item.group !== found[index - 1]?.group) || undefined}
          tabIndex={-1}
          onMouseMove={() => onPoint(index)}
          onClick={() => onChoose(item)}
        >
          <Icon name={item.icon} />
          <span>{item.name}</span>
          <small>{item.note}</small>
          {(!grouped || item.group !== found[index - 1]?.group) && <em>{texts.groups[item.group]}</em>}
          {item.shortcut && <kbd>{item.shortcut}</kbd>}
        </div>
      ))}
    </div>
  );
}
