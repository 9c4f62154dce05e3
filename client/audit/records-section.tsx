import { useState } from 'react';
import type { AuditFilter } from '#contract/audit.ts';
import type { AuditAction } from '#contract/audit-actions.ts';
import { type AuditItem, type AuditPageReply, exportAudit, fetchAudit, fetchPeople } from '../api/audit.ts';
import { errorText } from '../api/error-text.ts';
import { useAction } from '../desk/use-action.ts';
import { useQuery } from '../desk/use-query.ts';
import { auditActionTexts } from '../i18n/sections/audit-actions.ts';
import { auditTexts } from '../i18n/sections/audit.ts';
import { useFormats, useT, useTexts } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Problem, Section } from '../ui/section.tsx';
import styles from './audit.module.css';
import { Detail } from './detail.tsx';
import { FilterBar } from './filter-bar.tsx';
import { Authority, IncidentName, Person } from './names.tsx';
import { type Run, runsOf } from './runs.ts';

const pageSize = 100;

/** Who did what, newest first, filtered. */
export default function RecordsSection() {
  const t = useT();
  const texts = useTexts(auditTexts);
  const [filter, setFilter] = useState<AuditFilter>({ looks: true });
  const people = useQuery('people', fetchPeople);
  const first = useQuery(JSON.stringify(filter), signal =>
    fetchAudit(filter, { limit: pageSize, cursor: undefined }, signal),
  );
  const saving = useAction();
  const [exportId, setExportId] = useState<string | null>(null);
  const problem = first.error ?? people.error;
  return (
    <div className={styles.page}>
      <h2 className="visually-hidden">{texts.sections.records}</h2>
      <Section
        title={texts.sections.records}
        icon="list"
        action={
          <Button
            icon="download"
            isDisabled={saving.busy}
            onPress={() => void saving.run(async () => setExportId(await exportAudit(filter)))}
          >
            {texts.export}
          </Button>
        }
      >
        <p className={styles.hint}>{texts.recordsHint}</p>
        <FilterBar
          people={people.data ?? []}
          onSearch={next => {
            setFilter(next);
            // The same question again is a new look at the audit.
            first.reload();
          }}
        />
        <Problem>{saving.problem ?? (problem !== undefined && errorText(problem, t))}</Problem>
        {exportId !== null && <p role="status">{texts.exported(exportId)}</p>}
        {first.data && <Records key={JSON.stringify(filter)} filter={filter} first={first.data} />}
      </Section>
    </div>
  );
}

function Records({ filter, first }: { filter: AuditFilter; first: AuditPageReply }) {
  const texts = useTexts(auditTexts);
  const [more, setMore] = useState<readonly AuditItem[]>([]);
  const [cursor, setCursor] = useState(first.nextCursor);
  const action = useAction();
  const loadMore = () =>
    action.run(async () => {
      const next = await fetchAudit(filter, { limit: pageSize, cursor: cursor ?? undefined });
      setMore([...more, ...next.items]);
      setCursor(next.nextCursor);
    });
  if (first.items.length === 0) return <p className={styles.hint}>{texts.empty}</p>;
  return (
    <>
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
            {runsOf([...first.items, ...more]).map(run => (
              <Row key={run.newest.seq} run={run} />
            ))}
          </tbody>
        </table>
      </div>
      <Problem>{action.problem}</Problem>
      {cursor !== null && (
        <span className={styles.end}>
          <Button isDisabled={action.busy} onPress={() => void loadMore()}>
            {texts.more}
          </Button>
        </span>
      )}
    </>
  );
}

function Row({ run: { newest: item, oldest, count } }: { run: Run }) {
  const texts = useTexts(auditTexts);
  const actions = useTexts(auditActionTexts);
  const formats = useFormats();
  return (
    <tr data-refused={item.action.endsWith('.refuse') || undefined}>
      <td className={styles.number}>
        {formats.stamp(Date.parse(oldest.at))} <small>#{oldest.seq}</small>
        {count > 1 && (
          <>
            <br />
            {texts.until} {formats.stamp(Date.parse(item.at))} <small>#{item.seq}</small>
          </>
        )}
      </td>
      <td>
        <Person person={item.person} actor={item.actor} />
      </td>
      <td>
        {actions[item.action as AuditAction] ?? item.action} {count > 1 && <b>{texts.times(count)}</b>}
      </td>
      <td>
        <IncidentName incident={item.incident} />
      </td>
      <td className={styles.words}>
        <Authority authority={item.authority} />
      </td>
      <td className={styles.words}>{item.reason ?? '–'}</td>
      <Detail item={item} />
    </tr>
  );
}
