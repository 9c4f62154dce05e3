import type { WorldIncident } from '#domain/world.ts';
import { Button as MenuButton, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { addMember, type IncidentDetail } from '../../api/incidents.ts';
import { mayAddMembers } from '../../app/rights.ts';
import { useSignedIn } from '../../app/session.ts';
import { useT } from '../../i18n/use-t.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons/icon.tsx';
import menu from '../../ui/menu.module.css';
import { Problem, Section } from '../../ui/section.tsx';
import { useReference } from '../reference.ts';
import { useAction } from '../use-action.ts';
import styles from './incident-panel.module.css';

/** Who works on the incident. Only members may open its trace. */
export function Members({
  incident,
  detail,
}: {
  incident: WorldIncident;
  detail: IncidentDetail | undefined;
}) {
  const t = useT();
  const { userId, role } = useSignedIn();
  const users = useReference(reference => reference.users);
  const action = useAction();
  const add = (id: string) => void action.run(() => addMember(incident.id, id));
  const nameOf = (id: string) =>
    users.find(user => user.id === id)?.displayName ??
    detail?.members.find(member => member.userId === id)?.displayName ??
    id;
  const others = users.filter(({ id }) => !incident.members.includes(id));
  const mayAdd = incident.state === 'open' && mayAddMembers(role);
  return (
    <Section
      title={t.members.title}
      icon="people"
      action={
        mayAdd && (
          <span className={styles.buttons}>
            {!incident.members.includes(userId) && (
              <Button size="s" isDisabled={action.busy} onPress={() => add(userId)}>
                {t.members.addMe}
              </Button>
            )}
            <MenuTrigger>
              <MenuButton
                className={buttonClass({ size: 's' })}
                isDisabled={action.busy || others.length === 0}
              >
                <Icon name="plus" />
                {t.members.add}
              </MenuButton>
              <Popover className={menu.popover ?? ''} placement="bottom end">
                <Menu className={menu.menu ?? ''} items={others} onAction={key => add(String(key))}>
                  {user => (
                    <MenuItem id={user.id} textValue={user.displayName} className={menu.item ?? ''}>
                      {user.displayName}
                      <small>{t.roles[user.role]}</small>
                    </MenuItem>
                  )}
                </Menu>
              </Popover>
            </MenuTrigger>
          </span>
        )
      }
    >
      {incident.members.length === 0 ? (
        <p className={styles.muted}>{t.members.empty}</p>
      ) : (
        <ul className={styles.chips}>
          {incident.members.map(id => (
            <li key={id} className={styles.chip}>
              <Icon name="person" size="1em" /> {nameOf(id)}
              {id === userId && <small>{t.you}</small>}
            </li>
          ))}
        </ul>
      )}
      <Problem>{action.problem}</Problem>
    </Section>
  );
}
