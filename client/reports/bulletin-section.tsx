import { useState } from 'react';
import { weekOf, weekStartMs } from '#contract/audit.ts';
import { figureGroups } from '#contract/bulletin.ts';
import { dayMs } from '#domain/shanghai.ts';
import { errorText } from '../api/error-text.ts';
import { type Bulletin, bulletinFile, fetchBulletin } from '../api/reports.ts';
import { mayExportReports } from '../app/rights.ts';
import { useSignedIn } from '../app/session.ts';
import { serverNow } from '../clock/use-now.ts';
import { useQuery } from '../desk/use-query.ts';
import { reportTexts } from '../i18n/sections/reports.ts';
import { useFormats, useT, useTexts } from '../i18n/use-t.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { Problem } from '../ui/section.tsx';
import { AssessmentTable } from './assessment-table.tsx';
import { CaseStory } from './case-story.tsx';
import { FigureTable } from './figure-table.tsx';
import { RateBars } from './rate-bars.tsx';
import styles from './reports.module.css';
import { Revisions } from './revisions.tsx';
import { TimeBars } from './time-bars.tsx';
import { UnclosedTable } from './unclosed-table.tsx';

const weekMs = 7 * dayMs;

/** The bulletin of a week, as it is known now; prints on A4. */
export default function BulletinSection() {
  const t = useT();
  const texts = useTexts(reportTexts);
  const { role } = useSignedIn();
  const [asked, setWeek] = useState<string | null>(null);
  const { data: bulletin, error } = useQuery(asked ?? 'this week', signal => fetchBulletin(asked, signal));
  // This machine's clock may be wrong, and the server knows no week that has not begun.
  const thisWeek = weekOf(bulletin ? Date.parse(bulletin.asOf) : serverNow());
  const week = asked ?? bulletin?.week ?? thisWeek;
  const move = (weeks: number) => setWeek(weekOf(weekStartMs(week)! + weeks * weekMs));
  return (
    <div className={styles.bulletin}>
      <div className={styles.bar}>
        <Button icon="chevronLeft" onPress={() => move(-1)}>
          {texts.earlier}
        </Button>
        <strong>{week}</strong>
        <Button icon="chevronRight" isDisabled={week >= thisWeek} onPress={() => move(1)}>
          {texts.later}
        </Button>
        <span className={styles.files}>
          <Button onPress={() => globalThis.print()}>{texts.print}</Button>
          {bulletin &&
            mayExportReports(role) &&
            (['xlsx', 'pdf'] as const).map(format => (
              <a
                key={format}
                className={buttonClass({})}
                href={bulletinFile(week, bulletin.asOf, format)}
                download={`bulletin-${week}.${format}`}
              >
                {format.toUpperCase()}
              </a>
            ))}
        </span>
      </div>
      <Problem>{error !== undefined && errorText(error, t)}</Problem>
      {bulletin ? <Sheets bulletin={bulletin} /> : <Notice title={t.loading} />}
    </div>
  );
}

function Sheets({ bulletin }: { bulletin: Bulletin }) {
  const texts = useTexts(reportTexts);
  const formats = useFormats();
  const { from, to, asOf, publishedAt, revisions, yearToDate } = bulletin;
  const span = ({ from: first, to: end }: { from: string; to: string }) =>
    `${formats.day(Date.parse(first))} – ${formats.day(Date.parse(end) - dayMs / 2)}`;
  const early = Date.parse(asOf) < Date.parse(publishedAt);
  const { yearBefore } = yearToDate;
  return (
    <>
      <header className={styles.title}>
        <h2>
          {texts.title} <small>{bulletin.week}</small>
        </h2>
        <p>
          {span({ from, to })} · {texts.asOf(formats.stamp(Date.parse(asOf)))}
        </p>
        {early && <p className={styles.hint}>{texts.notYet}</p>}
        {revisions.length > 0 && <p className={styles.revised}>{texts.revisedHint(revisions.length)}</p>}
      </header>
      <div className={styles.charts}>
        <RateBars bulletin={bulletin} />
        <TimeBars bulletin={bulletin} />
      </div>
      {figureGroups.map((columns, i) => (
        <FigureTable
          key={columns.figures[0]}
          title={i === 0 ? `${texts.week} · ${span({ from, to })}` : undefined}
          columns={columns}
          rows={bulletin}
          revisions={revisions}
        />
      ))}
      <Revisions bulletin={bulletin} />
      <UnclosedTable unclosed={bulletin.unclosed} />
      <CaseStory told={bulletin.typicalCase} />
      {figureGroups.map((columns, i) => (
        <FigureTable
          key={columns.figures[0]}
          title={i === 0 ? `${texts.yearToDate} · ${span(yearToDate)}` : undefined}
          columns={columns}
          rows={yearToDate}
          yearBefore={yearBefore}
        />
      ))}
      <AssessmentTable assessment={bulletin.assessment} />
    </>
  );
}
