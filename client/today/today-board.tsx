import { useState } from 'react';
import { dayMs, dayOf, dayStartMs } from '#domain/shanghai.ts';
import { type ClearBoard, type ClearItem, fetchClear } from '../api/clear.ts';
import { errorText } from '../api/error-text.ts';
import { useReferenceList } from '../desk/reference.ts';
import { useQuery } from '../desk/use-query.ts';
import { todayTexts } from '../i18n/sections/today.ts';
import { useFormats, useT, useTexts } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { Problem } from '../ui/section.tsx';
import { CarryDialog } from './carry-dialog.tsx';
import { ClearRow } from './clear-row.tsx';
import styles from './today.module.css';
import { useFactsHeard } from './use-facts-heard.ts';

type Group = keyof (typeof todayTexts)['zh']['groups'];

const groupOf = ({ clearedAt, ageDays, forecast }: ClearItem): Group => {
  if (clearedAt !== null) return 'cleared';
  if (ageDays > 0) return 'earlier';
  return forecast?.breach ? 'late' : 'open';
};
const groups: readonly Group[] = ['earlier', 'late', 'open', 'cleared'];

/** The board of a day: earlier days first, then what will not clear. Read from across a room, and live. */
export default function TodayBoard() {
  const t = useT();
  const texts = useTexts(todayTexts);
  const [day, setDay] = useState<string>();
  const { data: board, error, reload } = useQuery(day ?? 'today', signal => fetchClear(day, signal));
  const [carrying, setCarrying] = useState<ClearItem | null>(null);
  useReferenceList('stations', true);
  useFactsHeard(reload);
  return (
    <div className={styles.page}>
      <Problem>{error !== undefined && errorText(error, t)}</Problem>
      {board ? (
        <>
          <Head board={board} onDay={setDay} />
          {board.items.length === 0 && <Notice icon="check" title={texts.empty} />}
          {groups.map(group => (
            <ItemGroup
              key={group}
              group={group}
              items={board.items.filter(item => groupOf(item) === group)}
              onCarry={setCarrying}
            />
          ))}
        </>
      ) : (
        <Notice title={t.loading} />
      )}
      {carrying && board && (
        <CarryDialog
          item={carrying}
          day={carrying.ageDays > 0 && board.today ? dayOf(dayStartMs(board.day) - dayMs) : board.day}
          onDone={() => {
            setCarrying(null);
            reload();
          }}
          onClose={() => setCarrying(null)}
        />
      )}
    </div>
  );
}

function Head({ board, onDay }: { board: ClearBoard; onDay: (day: string | undefined) => void }) {
  const texts = useTexts(todayTexts);
  const formats = useFormats();
  const { day, today, counts, dueAt } = board;
  const startMs = dayStartMs(day);
  const move = (days: number) => onDay(dayOf(startMs + days * dayMs));
  const midnight = Date.parse(dueAt) === startMs + dayMs;
  return (
    <header className={styles.head}>
      <div>
        <h2>
          {formats.day(startMs)}
          <small>{texts.by(midnight ? '24:00' : formats.timeShort(Date.parse(dueAt)))}</small>
        </h2>
        <span className={styles.days}>
          <Button size="s" icon="chevronLeft" onPress={() => move(-1)}>
            {texts.earlierDay}
          </Button>
          <Button size="s" icon="chevronRight" isDisabled={today} onPress={() => move(1)}>
            {texts.laterDay}
          </Button>
          {!today && (
            <Button size="s" onPress={() => onDay(undefined)}>
              {texts.backToToday}
            </Button>
          )}
        </span>
      </div>
      <dl className={styles.counts}>
        {(Object.keys(texts.counts) as (keyof typeof counts)[]).map(name => (
          <div key={name} data-count={name} data-zero={counts[name] === 0 || undefined}>
            <dt>{texts.counts[name]}</dt>
            <dd>{counts[name]}</dd>
          </div>
        ))}
      </dl>
    </header>
  );
}

interface GroupProps {
  group: Group;
  items: readonly ClearItem[];
  onCarry: (item: ClearItem) => void;
}

function ItemGroup({ group, items, onCarry }: GroupProps) {
  const texts = useTexts(todayTexts);
  if (items.length === 0) return null;
  return (
    <section className={styles.group} data-group={group} aria-label={texts.groups[group]}>
      <h3>
        {texts.groups[group]} <b>{items.length}</b>
      </h3>
      <ol>
        {items.map(item => (
          <ClearRow key={item.incidentId} item={item} onCarry={onCarry} />
        ))}
      </ol>
    </section>
  );
}
