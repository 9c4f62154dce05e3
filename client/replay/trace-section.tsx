import { shortestReason } from '#contract/reason.ts';
import { lazy, Suspense, useState } from 'react';
import type { WorldIncident } from '#domain/world.ts';
import { errorText } from '../api/error-text.ts';
import { fetchIncident } from '../api/incidents.ts';
import { askForReview, fetchReviews } from '../api/replay.ts';
import { usePrefs } from '../app/prefs.ts';
import { mayLookAtTraces, mayReview } from '../app/rights.ts';
import { useSignedIn } from '../app/session.ts';
import { Timeline as Sightings } from '../desk/incident/timeline.tsx';
import { useLocate } from '../desk/locate/locate-store.ts';
import { useQuery } from '../desk/use-query.ts';
import { reviewTexts } from '../i18n/sections/reviews.ts';
import { useFormats, useT, useTexts } from '../i18n/use-t.ts';
import { presentNow } from '../store/live.ts';
import { Button } from '../ui/button.tsx';
import { DialogForm } from '../ui/dialog.tsx';
import { Field } from '../ui/field.tsx';
import { Problem, Section } from '../ui/section.tsx';
import { ReviewRows, stateOf } from './review-rows.tsx';
import { closeRecordedTrace, openRecordedTrace, useTraced } from './traced.ts';
import styles from './trace-section.module.css';

const Headline = lazy(async () => ({ default: (await import('../desk/locate/headline.tsx')).Headline }));
const Where = lazy(async () => ({ default: (await import('../desk/locate/where.tsx')).Where }));
const Plan = lazy(async () => ({ default: (await import('../desk/locate/plan.tsx')).Plan }));
const RequestDialog = lazy(() => import('../desk/incident/request-dialog.tsx'));

/** What was known of where she was: for those who may see it, on a reason that the audit keeps. */
export function TraceSection({ incident }: { incident: WorldIncident }) {
  const state = useTraced(traced => (traced.incidentId === incident.id ? traced.state : 'closed'));
  const { role } = useSignedIn();
  if (!mayLookAtTraces(role)) return null;
  return state === 'open' ? <Opened incident={incident} /> : <Shut incident={incident} />;
}

function Opened({ incident }: { incident: WorldIncident }) {
  const t = useT();
  const texts = useTexts(reviewTexts);
  const formats = useFormats();
  const expiresAt = useTraced(traced => traced.expiresAt);
  const believed = useLocate(locate => locate.past !== null);
  return (
    <>
      <Section
        title={texts.title}
        icon="unlock"
        action={
          <Button size="s" onPress={closeRecordedTrace}>
            {texts.shut}
          </Button>
        }
      >
        {expiresAt && <p className={styles.muted}>{texts.openUntil(formats.stamp(Date.parse(expiresAt)))}</p>}
        {Object.keys(incident.sightings).length > 0 ? (
          <Sightings incident={incident} />
        ) : (
          <p className={styles.muted}>{texts.noSightings}</p>
        )}
      </Section>
      <Suspense fallback={<p className={styles.muted}>{t.loading}</p>}>
        {believed ? (
          <>
            <Headline still />
            <Where incident={incident} />
            <Plan incident={incident} tasks={[]} onRecord={() => {}} />
          </>
        ) : (
          <p className={styles.muted}>{texts.nothingBelieved}</p>
        )}
      </Suspense>
    </>
  );
}

function Shut({ incident }: { incident: WorldIncident }) {
  const t = useT();
  const texts = useTexts(reviewTexts);
  const { role, userId } = useSignedIn();
  const state = useTraced(traced => traced.state);
  const failure = useTraced(traced => traced.error);
  // The recording says how it was then; who may see the trace is decided by how it is now.
  const now = useQuery(`now of ${incident.id}`, signal => fetchIncident(incident.id, signal));
  const closed = now.data?.state === 'closed';
  const mayAsk = mayReview(role);
  const reviews = useQuery(closed && mayAsk ? incident.id : null, signal =>
    fetchReviews(incident.id, signal),
  );
  const [asking, setAsking] = useState(false);
  const own = (reviews.data ?? []).filter(each => each.requestedBy === userId);
  const standing = own.map(each => stateOf(each, presentNow()));
  const mayOpen = closed ? standing.includes('valid') : now.data !== undefined;
  return (
    <Section
      title={texts.title}
      icon="lock"
      action={
        closed &&
        mayAsk &&
        reviews.data &&
        !standing.includes('valid') &&
        !standing.includes('waiting') && (
          <Button size="s" icon="plus" onPress={() => setAsking(true)}>
            {texts.ask}
          </Button>
        )
      }
    >
      {state === 'ended' && (
        <p className={styles.warn} role="alert">
          {texts.ended}
        </p>
      )}
      <p className={styles.muted}>{closed ? texts.closedHint : texts.openHint}</p>
      {reviews.data && reviews.data.length > 0 && (
        <ReviewRows reviews={reviews.data} onChange={reviews.reload} />
      )}
      {mayOpen && <OpenForm incidentId={incident.id} busy={state === 'opening'} />}
      <Problem>{failure ? errorText(failure, t) : null}</Problem>
      {asking && (
        <Suspense>
          <RequestDialog
            incidentId={incident.id}
            other={{
              title: texts.askTitle,
              hint: texts.closedHint,
              now: presentNow,
              ask: async body => {
                await askForReview(incident.id, body);
                reviews.reload();
              },
            }}
            onClose={() => setAsking(false)}
          />
        </Suspense>
      )}
    </Section>
  );
}

function OpenForm({ incidentId, busy }: { incidentId: string; busy: boolean }) {
  const t = useT();
  const texts = useTexts(reviewTexts);
  const lang = usePrefs(prefs => prefs.lang);
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const short = reason.trim().length < shortestReason;
  const submit = async () => {
    setTried(true);
    if (!short) openRecordedTrace(incidentId, reason.trim(), lang);
  };
  return (
    <DialogForm onSubmit={submit}>
      <Field
        label={t.trace.reasonField}
        value={reason}
        onChange={setReason}
        error={tried && short ? t.trace.tooShort : null}
        maxLength={500}
        isRequired
      />
      <Button type="submit" variant="primary" icon="key" isDisabled={busy}>
        {texts.open}
      </Button>
    </DialogForm>
  );
}
