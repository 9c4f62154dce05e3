import { useState } from 'react';
import { Button as MenuButton, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { isOpenTask, statesBefore, type TaskAnswer } from '#domain/task.ts';
import type { WorldTask } from '#domain/world.ts';
import { answerTask, type TaskVerb, undoResult } from '../../api/tasks.ts';
import { mayOrderTasks } from '../../app/rights.ts';
import { useSignedIn } from '../../app/session.ts';
import { useNow } from '../../clock/use-now.ts';
import { taskTexts } from '../../i18n/sections/tasks.ts';
import { useFormats, useT, useTexts } from '../../i18n/use-t.ts';
import { useLive } from '../../store/live.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { Icon } from '../../ui/icons/icon.tsx';
import { UnitMark } from '../../ui/icons/unit-mark.tsx';
import menu from '../../ui/menu.module.css';
import { Problem } from '../../ui/section.tsx';
import { setDesk } from '../desk-store.ts';
import { useAction } from '../use-action.ts';
import { ReasonDialog } from './reason-dialog.tsx';
import { ResultDialog } from './result-dialog.tsx';
import { useTargetName } from './target-name.ts';
import { useTaskStore } from './task-store.ts';
import tone from './task-tone.module.css';
import styles from './tasks.module.css';

type Asking = 'result' | 'refuse' | 'cancel' | 'undo';

/** One task: who looks where, how it stands, and what the desk may record for the crew. */
export function TaskRow({ task, closed }: { task: WorldTask; closed: boolean }) {
  const t = useT();
  const texts = useTexts(taskTexts);
  const { role } = useSignedIn();
  const unit = useLive(live => live.world.units[task.unitId]);
  const view = useTaskStore(store => store.views[task.id]);
  const target = useTargetName(task);
  const [asking, setAsking] = useState<Asking | null>(null);
  const action = useAction();
  const open = isOpenTask(task);
  const mayAnswer = !closed && mayOrderTasks(role);
  const done = () => setAsking(null);
  return (
    <li className={cx(styles.task, tone.tone)} data-state={task.outcome ?? task.state}>
      <button
        type="button"
        className={styles.who}
        onClick={() => setDesk({ selection: { kind: 'unit', id: task.unitId } })}
      >
        {unit && <UnitMark state={unit.state} size="0.9em" />}
        {unit?.callsign ?? view?.callsign ?? texts.otherUnit}
      </button>
      <span className={styles.state}>
        <b>{task.outcome ? texts.outcome[task.outcome] : texts.state[task.state]}</b>
        <Times task={task} />
      </span>
      <span className={styles.target}>
        {view?.target && <Icon name={`place-${view.target.kind}`} size="1em" />}
        {target}
        <small>{t.sighting.method[task.resultMethod ?? task.method]}</small>
      </span>
      {mayAnswer && (open || task.state === 'done') && (
        <span className={styles.verbs}>
          {open ? (
            <>
              <Button size="s" onPress={() => setAsking('result')}>
                {texts.result}
              </Button>
              <Verbs
                task={task}
                onVerb={verb => {
                  if (verb === 'cancel' || verb === 'refuse') setAsking(verb);
                  else void action.run(() => answerTask(task.id, verb));
                }}
              />
            </>
          ) : (
            <Button size="s" variant="quiet" icon="undo" onPress={() => setAsking('undo')}>
              {texts.undo}
            </Button>
          )}
        </span>
      )}
      {task.needsSworn && open && <small className={styles.warn}>{texts.needsSworn}</small>}
      {(view?.note ?? view?.reason) && <p className={styles.words}>{view?.note ?? view?.reason}</p>}
      <Problem>{action.problem}</Problem>
      {asking === 'result' && <ResultDialog task={task} onClose={done} />}
      {(asking === 'cancel' || asking === 'refuse') && (
        <ReasonDialog
          title={texts[asking]}
          onClose={done}
          onReason={reason => answerTask(task.id, asking, reason)}
        />
      )}
      {asking === 'undo' && (
        <ReasonDialog
          title={texts.undo}
          isRequired
          onClose={done}
          onReason={reason => undoResult(task.id, reason ?? '')}
        />
      )}
    </li>
  );
}

/** How long ago it changed, and while the unit is on its way when it is there. */
function Times({ task }: { task: WorldTask }) {
  const texts = useTexts(taskTexts);
  const formats = useFormats();
  const now = useNow();
  const way = useTaskStore(store => store.ways[task.id]);
  const moving = isOpenTask(task) && task.state !== 'arrived';
  return (
    <span className={styles.times}>
      {texts.since(formats.age((now - Date.parse(task.changedAt)) / 1000))}
      {moving && way && <em>{texts.eta(formats.minutes(Math.max(0, (way.etaAt - now) / 1000)))}</em>}
    </span>
  );
}

const verbs: [TaskVerb, TaskAnswer][] = [
  ['accept', 'accepted'],
  ['arrive', 'arrived'],
  ['help', 'help'],
  ['refuse', 'refused'],
  ['cancel', 'cancelled'],
];

function Verbs({ task, onVerb }: { task: WorldTask; onVerb: (verb: TaskVerb) => void }) {
  const texts = useTexts(taskTexts);
  const possible = verbs.filter(([, answer]) => statesBefore(answer).includes(task.state));
  return (
    <MenuTrigger>
      <MenuButton className={buttonClass({ size: 's' })} aria-label={texts.menu}>
        <Icon name="chevronDown" />
      </MenuButton>
      <Popover className={menu.popover ?? ''} placement="bottom end">
        <Menu className={menu.menu ?? ''} onAction={key => onVerb(key as TaskVerb)}>
          {possible.map(([verb]) => (
            <MenuItem key={verb} id={verb} className={menu.item ?? ''}>
              {texts[verb]}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
