import { useMemo } from 'react';
import type { WorldIncident, WorldTask } from '#domain/world.ts';
import { taskTexts } from '../../i18n/sections/tasks.ts';
import { useFormats, useTexts } from '../../i18n/use-t.ts';
import { useLive } from '../../store/live.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons/icon.tsx';
import { showNearest } from '../nearest.ts';
import { alarmsOf, tasksOf } from './selectors.ts';
import { useTargetName } from './target-name.ts';
import { useTaskStore } from './task-store.ts';
import styles from './tasks.module.css';

/** Above everything else of an incident: that she was found, and crews that call for help. */
export function Alarms({ incident }: { incident: WorldIncident }) {
  const all = useLive(live => live.world.tasks);
  const { found, help } = useMemo(() => alarmsOf(tasksOf(all, incident.id)), [all, incident.id]);
  if (incident.state === 'closed' || found.length + help.length === 0) return null;
  return (
    <div className={styles.alarms} role="status">
      {help.map(task => (
        <Alarm key={task.id} task={task} kind="help" />
      ))}
      {found.map(task => (
        <Alarm key={task.id} task={task} kind="found" />
      ))}
    </div>
  );
}

function Alarm({ task, kind }: { task: WorldTask; kind: 'found' | 'help' }) {
  const texts = useTexts(taskTexts);
  const formats = useFormats();
  const place = useTargetName(task);
  const position = useTaskStore(store => store.views[task.id]?.target?.position);
  const callsign = useLive(live => live.world.units[task.unitId]?.callsign) ?? texts.otherUnit;
  const at = kind === 'found' ? task.changedAt : (task.helpAt ?? task.changedAt);
  return (
    <p className={styles.alarm} data-kind={kind}>
      <Icon name={kind === 'found' ? 'check' : 'bell'} size="1.4em" />
      <strong>{kind === 'found' ? texts.found(callsign, place) : texts.helpAlarm(callsign, place)}</strong>
      <time>{formats.timeShort(Date.parse(at))}</time>
      {kind === 'help' && position && (
        <Button size="s" icon="route" onPress={() => showNearest([position.lng, position.lat])}>
          {texts.reinforce}
        </Button>
      )}
    </p>
  );
}
