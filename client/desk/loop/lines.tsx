import { type ReactNode, useMemo } from 'react';
import { type Line, lines } from '#contract/kinds.ts';
import { type LineView, linesOf } from '#domain/loop/lines.ts';
import type { WorldIncident } from '#domain/world.ts';
import { takeLine } from '../../api/lines.ts';
import { mayRecordContacts, mayWorkLines } from '../../app/rights.ts';
import { useSignedIn } from '../../app/session.ts';
import { useNow } from '../../clock/use-now.ts';
import { lineTexts } from '../../i18n/sections/lines.ts';
import { useFormats, useTexts } from '../../i18n/use-t.ts';
import { useLive } from '../../store/live.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons/icon.tsx';
import { lineIcons } from '../../ui/icons/line-icons.ts';
import { Problem, Section } from '../../ui/section.tsx';
import { useReference } from '../reference.ts';
import { tasksOf } from '../tasks/selectors.ts';
import { useAction } from '../use-action.ts';
import { ContactLine } from './contact-line.tsx';
import { EarlierIncidents } from './history.tsx';
import styles from './lines.module.css';
import { PhraseButton } from './meeting-phrase.tsx';
import { RequestLine } from './request-line.tsx';

/** The three lines of an incident at a glance: how each stands, who answers for it, what is due next. */
export function Lines({ incident }: { incident: WorldIncident }) {
  const texts = useTexts(lineTexts);
  const all = useLive(live => live.world.tasks);
  const tasks = useMemo(() => tasksOf(all, incident.id), [all, incident.id]);
  const now = useNow();
  const { role } = useSignedIn();
  const views = linesOf(incident, tasks, now);
  const open = incident.state === 'open';
  return (
    <Section title={texts.title} icon="route">
      <div className={styles.lines}>
        {lines.map(line => (
          <LineBox key={line} incident={incident} line={line} view={views[line]} now={now}>
            {line === 'trace' && mayWorkLines(role) && <RequestLine incident={incident} />}
            {line === 'contact' && mayRecordContacts(role) && open && <ContactLine incident={incident} />}
            {line === 'contact' && mayRecordContacts(role) && open && (
              <PhraseButton incidentId={incident.id} />
            )}
          </LineBox>
        ))}
      </div>
      <EarlierIncidents incident={incident} />
    </Section>
  );
}

interface BoxProps {
  incident: WorldIncident;
  line: Line;
  view: LineView;
  now: number;
  children: ReactNode;
}

function LineBox({ incident, line, view, now, children }: BoxProps) {
  const texts = useTexts(lineTexts);
  const formats = useFormats();
  const age = view.newsAtMs === null ? null : formats.age((now - view.newsAtMs) / 1000);
  const contact = line === 'contact' && incident.state === 'open';
  return (
    <div
      className={styles.line}
      data-state={view.state}
      role="group"
      aria-label={texts.line[line]}
      // After T its digits mean outcomes (shortcuts.ts); its buttons do the same for who uses a mouse.
      {...(contact && { tabIndex: 0, 'data-key': 't' })}
    >
      <strong className={styles.name}>
        <Icon name={lineIcons[line]} size="1.1em" />
        {texts.line[line]}
      </strong>
      <span className={styles.state}>{texts.state[view.state]}</span>
      <Owner incident={incident} line={line} ownerId={view.ownerId} />
      <p className={styles.facts}>
        <span>{age === null ? texts.noNews : texts.newsAge(age)}</span>
        {view.next && <Next next={view.next} now={now} />}
      </p>
      {children}
    </div>
  );
}

function Next({ next, now }: { next: NonNullable<LineView['next']>; now: number }) {
  const texts = useTexts(lineTexts);
  const formats = useFormats();
  const leftS = (next.dueAtMs - now) / 1000;
  const clock = formats.clockAge(Math.abs(leftS));
  return (
    <span className={styles.next} data-overdue={leftS < 0 || undefined}>
      {texts.next[next.action]} · {leftS < 0 ? texts.overdue(clock) : texts.dueIn(clock)}
    </span>
  );
}

function Owner({ incident, line, ownerId }: { incident: WorldIncident; line: Line; ownerId: string | null }) {
  const texts = useTexts(lineTexts);
  const { role, userId, displayName } = useSignedIn();
  const users = useReference(reference => reference.users);
  const action = useAction();
  const own = ownerId === userId;
  const name = own ? displayName : users.find(({ id }) => id === ownerId)?.displayName;
  const works = incident.state === 'open' && mayWorkLines(role);
  return (
    <span className={styles.owner}>
      {ownerId === null ? texts.nobody : texts.owner(name ?? ownerId)}
      {works && (
        <Button
          size="s"
          variant="quiet"
          isDisabled={action.busy}
          onPress={() => void action.run(() => takeLine(incident.id, line, !own))}
        >
          {own ? texts.give : texts.take}
        </Button>
      )}
      <Problem>{action.problem}</Problem>
    </span>
  );
}
