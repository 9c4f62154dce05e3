import { type FormEvent, useState } from 'react';
import { dayMs, dayOf, dayStartMs } from '#domain/shanghai.ts';
import { errorText } from '../api/error-text.ts';
import { fetchIncidents } from '../api/incidents.ts';
import { fetchWaitingReviews } from '../api/replay.ts';
import { Link } from '../app/link.tsx';
import { mayListUsers, mayReplayCentre, mayReview } from '../app/rights.ts';
import { navigate, replayPath } from '../app/router.ts';
import { useSignedIn } from '../app/session.ts';
import { serverNow } from '../clock/use-now.ts';
import { useReferenceList } from '../desk/reference.ts';
import { useQuery } from '../desk/use-query.ts';
import { replayTexts } from '../i18n/sections/replay.ts';
import { reviewTexts } from '../i18n/sections/reviews.ts';
import { useFormats, useT, useTexts } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { RiskMark } from '../ui/icons/risk-mark.tsx';
import { Notice } from '../ui/notice.tsx';
import { Problem, Section } from '../ui/section.tsx';
import { spanName } from './recorded.ts';
import { ReviewRows } from './review-rows.tsx';
import styles from './recordings.module.css';

/** What can be replayed: the incidents of some days, the newest first, and the whole centre for some hours. */
export default function Recordings() {
  const texts = useTexts(replayTexts);
  const { role } = useSignedIn();
  useReferenceList('users', mayListUsers(role));
  return (
    <div className={styles.page}>
      <h2>{texts.title}</h2>
      <p>{texts.hint}</p>
      {mayReview(role) && <Waiting />}
      {mayReplayCentre(role) && <CentreForm />}
      <Incidents />
    </div>
  );
}

/** Those who decide are asked here; the others see what they wait for. */
function Waiting() {
  const texts = useTexts(reviewTexts);
  const { data, reload } = useQuery('reviews', fetchWaitingReviews);
  if (!data || data.length === 0) return null;
  return (
    <Section title={texts.waiting} icon="key">
      <ReviewRows reviews={data} named onChange={reload} />
    </Section>
  );
}

const longestHours = 24;

function CentreForm() {
  const texts = useTexts(replayTexts);
  const now = serverNow();
  const [day, setDay] = useState(dayOf(now));
  const [from, setFrom] = useState('08:00');
  const [to, setTo] = useState('20:00');
  const at = (clock: string) => Date.parse(`${day}T${clock}:00+08:00`);
  const [fromMs, toMs] = [at(from), at(to) > at(from) ? at(to) : at(to) + dayMs];
  const valid = toMs > fromMs && toMs - fromMs <= longestHours * 3_600_000 && fromMs < now;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (valid) navigate(replayPath(spanName(fromMs, Math.min(toMs, Math.ceil(now / 60_000) * 60_000))));
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <strong>{texts.centre}</strong>
      <Field label={texts.day} type="date" value={day} onChange={setDay} unmarked />
      <Field label={texts.from} type="time" value={from} onChange={setFrom} unmarked />
      <Field label={texts.to} type="time" value={to} onChange={setTo} unmarked />
      <Button type="submit" icon="history" isDisabled={!valid}>
        {texts.watch}
      </Button>
    </form>
  );
}

/** So many are asked for at once; the days can be chosen so that there are fewer. */
const atMost = 100;
const shownDays = 14;

function Incidents() {
  const t = useT();
  const texts = useTexts(replayTexts);
  const formats = useFormats();
  const [from, setFrom] = useState(() => dayOf(serverNow() - (shownDays - 1) * dayMs));
  const [to, setTo] = useState(() => dayOf(serverNow()));
  const valid = from !== '' && to !== '' && from <= to;
  const { data, error } = useQuery(valid ? `${from} ${to}` : null, signal =>
    fetchIncidents(
      {
        from: new Date(dayStartMs(from)).toISOString(),
        to: new Date(dayStartMs(to) + dayMs).toISOString(),
        limit: atMost,
      },
      signal,
    ),
  );
  return (
    <>
      <div className={styles.form}>
        <strong>{texts.incidents}</strong>
        <Field label={texts.fromDay} type="date" value={from} onChange={setFrom} unmarked />
        <Field label={texts.toDay} type="date" value={to} onChange={setTo} unmarked />
      </div>
      <Problem>{error ? errorText(error, t) : null}</Problem>
      {!data && !error && <Notice title={t.loading} />}
      {data?.items.length === 0 && <Notice icon="history" title={texts.empty} />}
      {data && data.items.length > 0 && (
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
              {data.items.map(({ id, number, risk, scamType, openedAt, closedAt, state, subject }) => (
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
      {data?.nextCursor && <p>{texts.more(atMost)}</p>}
    </>
  );
}
