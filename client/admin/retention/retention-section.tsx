import { useState } from 'react';
import type { HoldView, PeriodView, RetentionView } from '#contract/retention.ts';
import { errorText } from '../../api/error-text.ts';
import { fetchRetention } from '../../api/retention.ts';
import { maySetRetention } from '../../app/rights.ts';
import { useSignedIn } from '../../app/session.ts';
import { useQuery } from '../../desk/use-query.ts';
import { retentionTexts } from '../../i18n/sections/retention.ts';
import { useFormats, useT, useTexts } from '../../i18n/use-t.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Problem, Section } from '../../ui/section.tsx';
import { LiftDialog, PeriodDialog, PlaceDialog } from './dialogs.tsx';
import { HoldTable } from './hold-table.tsx';
import { ReceiptTable } from './receipt-table.tsx';
import styles from './retention.module.css';

type Asking = { period: PeriodView } | { lift: HoldView } | 'place' | null;

/** How long what is kept, what is held back, and what was purged. */
export default function RetentionSection() {
  const t = useT();
  const texts = useTexts(retentionTexts);
  const { data, error, reload } = useQuery('retention', fetchRetention);
  const [asking, setAsking] = useState<Asking>(null);
  if (error !== undefined && !data) return <Problem>{errorText(error, t)}</Problem>;
  if (!data) return <Notice title={t.loading} full />;
  const close = () => setAsking(null);
  const done = () => {
    close();
    reload();
  };
  return (
    <div className={styles.page}>
      <h2 className="visually-hidden">{texts.title}</h2>
      <Periods view={data} onChange={period => setAsking({ period })} />
      <HoldTable
        holds={data.holds}
        onPlace={() => setAsking('place')}
        onLift={hold => setAsking({ lift: hold })}
      />
      <ReceiptTable receipts={data.receipts} />
      {asking === 'place' && <PlaceDialog onDone={done} onClose={close} />}
      {asking !== null && asking !== 'place' && 'period' in asking && (
        <PeriodDialog period={asking.period} onDone={done} onClose={close} />
      )}
      {asking !== null && asking !== 'place' && 'lift' in asking && (
        <LiftDialog hold={asking.lift} onDone={done} onClose={close} />
      )}
    </div>
  );
}

function Periods({ view, onChange }: { view: RetentionView; onChange: (period: PeriodView) => void }) {
  const texts = useTexts(retentionTexts);
  const formats = useFormats();
  const { role } = useSignedIn();
  return (
    <Section title={texts.title} icon="clock">
      <p className={styles.hint}>{texts.hint}</p>
      <div className={styles.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              {texts.columns.map(column => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {view.periods.map(period => {
              const [name, what] = texts.classes[period.class];
              return (
                <tr key={period.class}>
                  <th scope="row">
                    {name}
                    <small>{what}</small>
                  </th>
                  <td>
                    <strong>{texts.days(formats.number(period.days))}</strong>
                    {maySetRetention(role) && (
                      <Button size="s" icon="edit" onPress={() => onChange(period)}>
                        {texts.change}
                      </Button>
                    )}
                  </td>
                  <td>{texts.days(formats.number(period.defaultDays))}</td>
                  <td>{texts.bounds(formats.number(period.minDays), formats.number(period.maxDays))}</td>
                  <td>
                    {period.setBy === null || period.setAt === null ? (
                      texts.never
                    ) : (
                      <>
                        {period.setBy} · {formats.stamp(Date.parse(period.setAt))}
                        <small>{period.reason}</small>
                      </>
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <p className={view.due > 0 ? styles.due : styles.hint}>
        {view.due > 0 ? texts.due(formats.number(view.due)) : texts.nothingDue}
      </p>
      <p className={styles.hint}>{texts.archive(formats.number(view.archiveAfterDays))}</p>
    </Section>
  );
}
