import type { ReactNode } from 'react';
import { clockSaid, fateOf } from '#contract/after-action-said.ts';
import { changeSaid, differenceSaid } from '#contract/what-if-said.ts';
import { errorText } from '../api/error-text.ts';
import { type AfterAction, fetchAfterAction, reportFile } from '../api/replay.ts';
import { NotBuiltPage } from '../app/not-built-page.tsx';
import { mayReplay } from '../app/rights.ts';
import { navigate, replayPath } from '../app/router.ts';
import { useSignedIn } from '../app/session.ts';
import { useTitle } from '../app/use-title.ts';
import { useQuery } from '../desk/use-query.ts';
import { afterActionTexts } from '../i18n/sections/after-action.ts';
import { reportTexts } from '../i18n/sections/reports.ts';
import { useFormats, useT, useTexts } from '../i18n/use-t.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { ReportMap } from './report-map.tsx';
import { lateFromS } from './recording.ts';
import styles from './report-page.module.css';

/** What happened in a case, on one page that prints on A4; as a file with a watermark. */
export default function ReportPage({ incidentId }: { incidentId: string }) {
  const { role } = useSignedIn();
  return mayReplay(role) ? <Loaded incidentId={incidentId} /> : <NotBuiltPage missing />;
}

function Loaded({ incidentId }: { incidentId: string }) {
  const t = useT();
  const texts = useTexts(afterActionTexts);
  const { data: report, error } = useQuery(incidentId, signal => fetchAfterAction(incidentId, signal));
  useTitle(report ? texts.page(report.number) : texts.title);
  if (error !== undefined) return <Notice icon="warning" title={errorText(error, t)} full />;
  if (!report) return <Notice title={t.loading} full />;
  return (
    <main className={styles.page}>
      <aside className={styles.bar}>
        <Button icon="chevronLeft" onPress={() => navigate(replayPath(incidentId))}>
          {texts.back}
        </Button>
        <span>
          <Button onPress={() => globalThis.print()}>{texts.print}</Button>
          <a className={buttonClass({ variant: 'primary' })} href={reportFile(incidentId)} download>
            {texts.pdf}
          </a>
        </span>
      </aside>
      <Sheet report={report} />
    </main>
  );
}

function Sheet({ report }: { report: AfterAction }) {
  const t = useT();
  const texts = useTexts(afterActionTexts);
  const formats = useFormats();
  const stories = useTexts(reportTexts);
  const clock = (at: string | null) => (at === null ? '—' : formats.stamp(Date.parse(at)));
  const head: [string, ReactNode][] = [
    [texts.head.person, report.nameMasked ?? '—'],
    [texts.head.scam, t.scam[report.scamType]],
    [texts.head.risk, t.risk[report.risk]],
    [texts.head.station, report.stationName ?? '—'],
    [texts.head.opened, clock(report.openedAt)],
    [texts.head.closed, report.closedAt === null ? texts.open_ : clock(report.closedAt)],
    [texts.head.outcome, report.outcome === null ? '—' : texts.outcomes[report.outcome]],
    [texts.head.held, texts.yuan(formats.number(report.heldAmount, 2))],
  ];
  return (
    <article className={styles.sheet}>
      <h1>{texts.title}</h1>
      <p>
        {texts.incident(report.day, report.number)} · {texts.hint}
      </p>
      <dl>
        {head.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Table
        title={texts.clocksTitle}
        columns={texts.clockColumns}
        rows={report.clocks.map(each => ({
          bad: each.outcome === 'late' || each.stoppedAt === null,
          cells: [
            texts.clocks[each.kind],
            clock(each.startedAt),
            clock(each.dueAt),
            clock(each.stoppedAt),
            clockSaid(each, texts),
          ],
        }))}
      />
      <Table
        title={texts.known}
        hint={texts.knownHint}
        columns={texts.knownColumns}
        rows={report.known.map(each => ({
          bad: each.delayS >= lateFromS,
          cells: [
            texts.sightings[each.kind],
            clock(each.observedAt),
            clock(each.receivedAt),
            texts.duration(each.delayS),
            fateOf(each, texts, clock),
          ],
        }))}
      />
      <Table
        title={texts.tasks}
        columns={texts.taskColumns}
        rows={report.tasks.map((task, index) => ({
          cells: [
            index + 1,
            task.callsign,
            task.place ?? '—',
            texts.methods[task.method],
            clock(task.orderedAt),
            clock(task.arrivedAt),
            clock(task.endedAt),
            task.outcome === null ? texts.taskStates[task.state] : texts.taskOutcomes[task.outcome],
            task.reason ?? '—',
          ],
        }))}
      />
      <Table
        title={texts.stops}
        columns={texts.stopColumns}
        rows={report.stops.map(stop => ({
          cells: [
            stop.bank,
            texts.stopStates[stop.state],
            clock(stop.requestedAt),
            clock(stop.changedAt),
            stop.amountHeld === null ? '—' : formats.number(stop.amountHeld, 2),
            stop.corrections,
          ],
        }))}
      />
      {report.whatIfs.length > 0 && (
        <Table
          title={texts.whatIfs}
          hint={texts.whatIfHint}
          columns={texts.whatIfColumns}
          rows={report.whatIfs.map(({ at, changes, policy, result }) => ({
            cells: [
              clock(at),
              changes.map(change => changeSaid(change, texts, clock)).join('; '),
              texts.policies[policy],
              differenceSaid(result, texts),
              result.draws,
            ],
          }))}
        />
      )}
      <section>
        <h2>{texts.timeline}</h2>
        <ol>
          {report.timeline.map(told => (
            <li key={`${told.at} ${told.kind} ${'step' in told ? told.step : ''}`}>
              {stories.fact(told, formats.stamp(Date.parse(told.at)))}
            </li>
          ))}
        </ol>
      </section>
      {report.map && <ReportMap map={report.map} />}
    </article>
  );
}

interface Row {
  cells: readonly ReactNode[];
  bad?: boolean;
}

function Table({
  title,
  hint,
  columns,
  rows,
}: {
  title: string;
  hint?: string;
  columns: readonly string[];
  rows: readonly Row[];
}) {
  const texts = useTexts(afterActionTexts);
  return (
    <section>
      <h2>{title}</h2>
      {hint && <p>{hint}</p>}
      {rows.length === 0 ? (
        <p>{texts.none}</p>
      ) : (
        <div className={styles.scroll}>
          <table>
            <thead>
              <tr>
                {columns.map(column => (
                  <th key={column}>{column}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(({ cells, bad }, index) => (
                // oxlint-disable-next-line react/no-array-index-key -- rows of a report never move
                <tr key={index} data-bad={bad || undefined}>
                  {cells.map((cell, column) => (
                    <td key={columns[column]}>{cell}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
