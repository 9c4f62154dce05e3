import { useState } from 'react';
import { errorText } from '../api/error-text.ts';
import type { TaskView } from '../api/tasks.ts';
import { maySharePosition } from '../app/rights.ts';
import { useSignedIn } from '../app/session.ts';
import { useNow } from '../clock/use-now.ts';
import { fieldTexts } from '../i18n/sections/field.ts';
import { useT, useTexts } from '../i18n/use-t.ts';
import { Notice } from '../ui/notice.tsx';
import { Problem } from '../ui/section.tsx';
import { ActionBar } from './action-bar.tsx';
import styles from './field.module.css';
import { setField, useField } from './field-store.ts';
import { MeetingFlow } from './meeting-flow.tsx';
import { NewsList } from './news-list.tsx';
import { ShareRow } from './share-row.tsx';
import { AnswerSheet, type Asking } from './sheets.tsx';
import { TaskCard } from './task-card.tsx';
import { EndedTasks, NextTasks } from './task-lists.tsx';
import { endedToday, openTasks } from './today.ts';
import { TopBar } from './top-bar.tsx';
import { UnsentStrip } from './unsent-strip.tsx';
import { useAlarm } from './use-alarm.ts';
import { useOutbox } from './use-outbox.ts';
import { useOwnPlace } from './use-own-place.ts';
import { useUnitTasks } from './use-tasks.ts';
import { useWakeLock } from './use-wake-lock.ts';
import { useWay } from './use-way.ts';

/** What a crew is to do now, and how it says what came of it. */
export function CrewPage({ unitId, onChangeUnit }: { unitId: string; onChangeUnit: () => void }) {
  const t = useT();
  const texts = useTexts(fieldTexts);
  const { userId, role } = useSignedIn();
  const outbox = useOutbox(userId);
  const placeOf = (task: TaskView) => task.target?.name ?? texts.unknownPlace;
  const { tasks, error } = useUnitTasks(userId, unitId, outbox, placeOf);
  const news = useField(field => field.news);
  const own = useOwnPlace(unitId, maySharePosition(role));
  const now = useNow();
  const [current, ...next] = openTasks(tasks ?? []);
  const ended = endedToday(tasks ?? [], now);
  const last = ended.find(({ outcome }) => outcome !== null);
  const way = useWay(current, unitId, own.fix);
  const [asking, setAsking] = useState<Asking | null>(null);
  useWakeLock(current !== undefined);
  useAlarm(news);
  const say: typeof outbox.say = (task, answer) => {
    outbox.say(task, answer);
    // Whoever answers an order has read of it.
    const unread = news.filter(({ kind, taskId }) => kind !== 'ordered' || taskId !== task.id);
    if (unread.length < news.length) setField(userId, { news: unread });
    setAsking(null);
  };
  const named = (task: TaskView) => ({ id: task.id, place: placeOf(task) });
  return (
    <div className={styles.page}>
      <TopBar unitId={unitId} own={own} unsentCount={outbox.unsent.length} onChangeUnit={onChangeUnit} />
      <main className={styles.main}>
        <NewsList
          news={news}
          refused={outbox.refused}
          onRead={({ taskId }) => setField(userId, { news: news.filter(each => each.taskId !== taskId) })}
          onReadRefused={outbox.acknowledge}
        />
        <UnsentStrip outbox={outbox} />
        {!current && <h1 className="visually-hidden">{texts.ownTask}</h1>}
        {tasks === null && error === undefined && <Notice title={t.loading} />}
        {tasks !== null && !current && <Notice icon="check" title={texts.noTask} hint={texts.noTaskHint} />}
        {current && (
          <TaskCard
            key={current.id}
            task={current}
            place={placeOf(current)}
            unitId={unitId}
            way={way}
            fix={own.fix}
            onNavigate={() => setAsking({ what: 'navigate', task: current })}
          />
        )}
        <Problem>{error === undefined ? null : errorText(error, t)}</Problem>
        {last?.outcome === 'found' && (
          <MeetingFlow
            key={last.incidentId}
            userId={userId}
            unitId={unitId}
            incidentId={last.incidentId}
            place={placeOf(last)}
          />
        )}
        <NextTasks tasks={next} placeOf={placeOf} onAccept={task => say(named(task), { say: 'accept' })} />
        <EndedTasks
          tasks={ended}
          placeOf={placeOf}
          unsent={outbox.unsent}
          onUndo={task => setAsking({ what: 'undo', task })}
          onTakeBack={outbox.takeBack}
        />
        {maySharePosition(role) && <ShareRow own={own} unitId={unitId} />}
      </main>
      {current && (
        <ActionBar
          task={current}
          onSay={answer => say(named(current), answer)}
          onAsk={what => setAsking({ what, task: current })}
        />
      )}
      {asking && (
        <AnswerSheet
          asking={asking}
          place={placeOf(asking.task)}
          onSay={answer => say(named(asking.task), answer)}
          onClose={() => setAsking(null)}
        />
      )}
    </div>
  );
}
