import { useState } from 'react';
import type { CheckItem } from '#contract/meeting.ts';
import { errorText } from '../../api/error-text.ts';
import { fetchChecks } from '../../api/meetings.ts';
import { fetchStations } from '../../api/reference.ts';
import { useQuery } from '../../desk/use-query.ts';
import { checkTexts } from '../../i18n/sections/checks.ts';
import { meetingTexts } from '../../i18n/sections/meeting.ts';
import { useFormats, useT, useTexts } from '../../i18n/use-t.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Problem, Section } from '../../ui/section.tsx';
import { CheckDialog } from './check-dialog.tsx';
import styles from './checks.module.css';

/** Meetings that were drawn for a leader to listen to, and what was said of them. */
export default function ChecksSection() {
  const t = useT();
  const texts = useTexts(checkTexts);
  const { data, error, reload } = useQuery('checks', signal => fetchChecks(undefined, signal));
  const stations = useQuery('stations', fetchStations);
  const [checking, setChecking] = useState<CheckItem | null>(null);
  if (error !== undefined && !data) return <Problem>{errorText(error, t)}</Problem>;
  if (!data) return <Notice title={t.loading} full />;
  const nameOf = (id: string | null) => stations.data?.find(station => station.id === id)?.name ?? '—';
  const { drawn, good, lacking } = data.counts;
  return (
    <div className={styles.page}>
      <h2 className="visually-hidden">{texts.title}</h2>
      <Section title={texts.title} icon="eye" action={<span>{texts.counts(drawn, good, lacking)}</span>}>
        <p className={styles.hint}>{texts.hint}</p>
        {data.items.length === 0 ? (
          <p className={styles.hint}>{texts.empty}</p>
        ) : (
          <div className={styles.scroll}>
            <table className={styles.table}>
              <thead>
                <tr>
                  {Object.values(texts.columns).map(column => (
                    <th key={column} scope="col">
                      {column}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {data.items.map(item => (
                  <Check
                    key={item.id}
                    item={item}
                    station={nameOf(item.stationId)}
                    onCheck={() => setChecking(item)}
                  />
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Section>
      {checking && (
        <CheckDialog
          item={checking}
          onDone={() => {
            setChecking(null);
            reload();
          }}
          onClose={() => setChecking(null)}
        />
      )}
    </div>
  );
}

function Check({ item, station, onCheck }: { item: CheckItem; station: string; onCheck: () => void }) {
  const texts = useTexts(checkTexts);
  const { progress, refusals } = useTexts(meetingTexts);
  const formats = useFormats();
  const { metAt, incidentNumber, stepsDone, recordings, verdict, note, checkedByName, checkedAt } = item;
  return (
    <tr>
      <th scope="row">
        {formats.stamp(Date.parse(metAt))}
        <small>№ {incidentNumber}</small>
      </th>
      <td>{station}</td>
      <td>
        {progress(stepsDone)}
        <small>{item.refusals.map(each => refusals[each]).join('、')}</small>
      </td>
      <td className={styles.words}>
        {recordings.length === 0 ? (
          <span className={styles.hint}>{texts.noRecording}</span>
        ) : (
          recordings.join('\n')
        )}
      </td>
      <td className={styles.words}>
        {verdict === null ? (
          <Button size="s" variant="primary" onPress={onCheck}>
            {texts.check}
          </Button>
        ) : (
          <>
            <b data-verdict={verdict}>{texts.verdicts[verdict]}</b> {note}
            <small>{texts.by(checkedByName ?? '', formats.stamp(Date.parse(checkedAt ?? '')))}</small>
          </>
        )}
      </td>
    </tr>
  );
}
