import { useState } from 'react';
import { fetchStations } from '../../api/reference.ts';
import { fetchDutyNow, fetchRoster } from '../../api/roster.ts';
import { errorText } from '../../api/error-text.ts';
import { useNow } from '../../clock/use-now.ts';
import { useQuery } from '../../desk/use-query.ts';
import { adminTexts } from '../../i18n/sections/admin.ts';
import { rosterTexts } from '../../i18n/sections/roster.ts';
import { useT, useTexts } from '../../i18n/use-t.ts';
import { Notice } from '../../ui/notice.tsx';
import { Problem } from '../../ui/section.tsx';
import { Board } from './board.tsx';
import { Officers } from './officers.tsx';
import styles from './roster.module.css';
import { boardSpan, dayAfter, dayStart } from './timeline.ts';
import { Vehicles } from './vehicles.tsx';

const tabs = ['board', 'officers', 'vehicles'] as const;
type Tab = (typeof tabs)[number];

const refreshMs = 60_000;

/** Who works when: the board of a day, and the people and vehicles that it is made of. */
export default function RosterSection() {
  const t = useT();
  const texts = useTexts(rosterTexts);
  const title = useTexts(adminTexts).sections.roster;
  const [tab, setTab] = useState<Tab>('board');
  const minute = Math.floor(useNow() / refreshMs);
  const duty = useQuery(`duty ${minute}`, fetchDutyNow);
  const heard = useLast(duty.data);
  const [shownDay, setShownDay] = useState<number | null>(null);
  const nowMs = heard ? Date.parse(heard.at) : null;
  const startMs = shownDay ?? (nowMs === null ? null : dayStart(nowMs));
  const span = startMs === null ? null : boardSpan(startMs);
  const roster = useQuery(span && `${span.startsAt} ${minute}`, signal =>
    fetchRoster(span!.startsAt, span!.endsAt, signal),
  );
  const known = useLast(roster.data);
  const stations = useQuery('stations', fetchStations);
  const error = roster.error ?? duty.error ?? stations.error;
  const reload = () => {
    roster.reload();
    duty.reload();
  };
  const ready = known && heard && stations.data && startMs !== null && nowMs !== null;
  return (
    <div className={styles.section}>
      <h2 className="visually-hidden">{title}</h2>
      <div className={styles.tabs} role="tablist" aria-label={title}>
        {tabs.map(each => (
          <button
            key={each}
            type="button"
            role="tab"
            aria-selected={each === tab}
            onClick={() => setTab(each)}
          >
            {texts.tabs[each]}
          </button>
        ))}
      </div>
      {error !== undefined && <Problem>{errorText(error, t)}</Problem>}
      {!ready && error === undefined && <Notice title={t.loading} />}
      {ready && tab === 'board' && (
        <Board
          roster={known}
          duty={heard}
          stations={stations.data ?? []}
          startMs={startMs}
          nowMs={nowMs}
          onDay={days => setShownDay(days === 0 ? null : dayAfter(startMs, days))}
          onChanged={reload}
        />
      )}
      {ready && tab === 'officers' && (
        <Officers officers={known.officers} stations={stations.data ?? []} onChanged={reload} />
      )}
      {ready && tab === 'vehicles' && (
        <Vehicles vehicles={known.vehicles} stations={stations.data ?? []} onChanged={reload} />
      )}
    </div>
  );
}

/** An answer stays on the screen while the next one is asked for. */
function useLast<T>(answer: T | undefined): T | undefined {
  const [last, setLast] = useState(answer);
  if (answer !== undefined && answer !== last) setLast(answer);
  return answer ?? last;
}
