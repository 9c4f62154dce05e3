import { Button as MenuButton, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { buttonClass } from '../ui/button.tsx';
import { Icon } from '../ui/icons/icon.tsx';
import menu from '../ui/menu.module.css';

interface RowMenuProps<Id extends string> {
  /** What the button is called to those who do not see the row. */
  label: string;
  items: readonly { id: Id; label: string }[];
  onChoose: (id: Id) => void;
}

/** What can be done to a row of a table. */
export function RowMenu<Id extends string>({ label, items, onChoose }: RowMenuProps<Id>) {
  return (
    <MenuTrigger>
      <MenuButton className={buttonClass({ variant: 'quiet', size: 's' })} aria-label={label}>
        <Icon name="menu" />
      </MenuButton>
      <Popover className={menu.popover ?? ''} placement="bottom end">
        <Menu className={menu.menu ?? ''} aria-label={label} onAction={key => onChoose(key as Id)}>
          {items.map(item => (
            <MenuItem key={item.id} id={item.id} className={menu.item ?? ''}>
              {item.label}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
