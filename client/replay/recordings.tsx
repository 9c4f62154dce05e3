import { useMemo } from 'react';
import { Link } from '../app/link.tsx';
import { replayPath } from '../app/router.ts';
import { replayTexts } from '../i18n/sections/replay.ts';
import { useFormats, useT, useTexts } from '../i18n/use-t.ts';
import { useLive } from '../store/live.ts';
import { RiskMark } from '../ui/icons/risk-mark.tsx';
import { Notice } from '../ui/notice.tsx';
import styles from './recordings.module.css';

/** The incidents that can be replayed, the newest first. */
export default function Recordings() {
  const t = useT();
  const texts = useTexts(replayTexts);
  const formats = useFormats();
  const incidents = useLive(live => live.world.incidents);
  const ready = useLive(live => live.world.seq > 0);
  const list = useMemo(
    () => Object.values(incidents).toSorted((a, b) => Date.parse(b.openedAt) - Date.parse(a.openedAt)),
    [incidents],
  );
  if (!ready) return <Notice title={t.loading} full />;
  return (
    <div className={styles.page}>
      <h2>{texts.title}</h2>
      <p>{texts.hint}</p>
      {list.length === 0 ? (
        <Notice icon="history" title={texts.empty} />
      ) : (
        <div className={styles.scroller}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th>{texts.columns.opened}</th>
                <th>{texts.columns.incident}</th>
                <th>{texts.columns.state}</th>
                <th>{texts.columns.closed}</th>
                <td />
              </tr>
            </thead>
            <tbody>
              {list.map(({ id, number, risk, scamType, openedAt, closedAt, state, subject }) => (
                <tr key={id}>
                  <td>{formats.stampShort(Date.parse(openedAt))}</td>
                  <td className={styles.incident}>
                    <RiskMark
                      risk={risk}
                      number={number}
                      size="1.6em"
                      label={t.queue.label(number, t.risk[risk])}
                    />
                    {[subject?.nameMasked, t.scam[scamType]].filter(Boolean).join(' · ')}
                  </td>
                  <td>{texts.states[state]}</td>
                  <td>{closedAt ? formats.stampShort(Date.parse(closedAt)) : ''}</td>
                  <td>
                    <Link to={replayPath(id)}>{texts.watch}</Link>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}
