import { lazy, Suspense, useState } from 'react';
import type { ContactChannel, ContactOutcome } from '#contract/kinds.ts';
import type { ContactView } from '#contract/lines.ts';
import { callsInVain, outcomesByHand } from '#domain/loop/contact.ts';
import type { WorldIncident } from '#domain/world.ts';
import { fetchContacts, fetchSmsStatus, recordContact } from '../../api/lines.ts';
import { maySendSms } from '../../app/rights.ts';
import { useSignedIn } from '../../app/session.ts';
import { lineTexts } from '../../i18n/sections/lines.ts';
import { useFormats, useT, useTexts } from '../../i18n/use-t.ts';
import { Button } from '../../ui/button.tsx';
import { Problem } from '../../ui/section.tsx';
import { sayDone } from '../desk-store.ts';
import { useAction } from '../use-action.ts';
import { useQuery } from '../use-query.ts';
import styles from './lines.module.css';

const ContactDialog = lazy(() => import('./contact-dialog.tsx'));
const SmsDialog = lazy(() => import('./sms-dialog.tsx'));
const mostShown = 4;

/** Calls recorded by one key each, the line to her family, messages, and what came of the last attempts. */
export function ContactLine({ incident }: { incident: WorldIncident }) {
  const t = useT();
  const texts = useTexts(lineTexts);
  const [writing, setWriting] = useState(false);
  const action = useAction();
  const record = (channel: ContactChannel, outcome: ContactOutcome) =>
    void action.run(async () => {
      const { raisedTo } = await recordContact(incident.id, { channel, outcome });
      sayDone(
        raisedTo
          ? texts.raised(t.risk[raisedTo])
          : texts.recorded(texts.channel[channel], texts.outcome[outcome]),
      );
    });
  return (
    <>
      <div className={styles.keys} title={texts.keysHint}>
        {outcomesByHand.call.map((outcome, index) => (
          <span key={outcome} data-digit={index + 1}>
            <Button size="s" isDisabled={action.busy} onPress={() => record('call', outcome)}>
              <kbd>{index + 1}</kbd> {texts.outcome[outcome]}
            </Button>
          </span>
        ))}
      </div>
      <span className={`${styles.verbs} ${styles.wide}`}>
        <Button size="s" variant="quiet" onPress={() => record('family', 'reached')}>
          {texts.familyReached}
        </Button>
        <Button size="s" variant="quiet" onPress={() => record('family', 'notReached')}>
          {texts.familyNotReached}
        </Button>
        <Button size="s" variant="quiet" icon="edit" onPress={() => setWriting(true)}>
          {texts.recordOther}
        </Button>
        <SmsButton incident={incident} />
      </span>
      <Problem>{action.problem}</Problem>
      {writing && (
        <Suspense>
          <ContactDialog incidentId={incident.id} onClose={() => setWriting(false)} />
        </Suspense>
      )}
      <Attempts incident={incident} />
    </>
  );
}

function SmsButton({ incident }: { incident: WorldIncident }) {
  const texts = useTexts(lineTexts);
  const { role } = useSignedIn();
  const [writing, setWriting] = useState(false);
  const status = useQuery(maySendSms(role) ? 'sms' : null, fetchSmsStatus);
  if (!status.data) return null;
  if (!status.data.gateway) return <small className={styles.muted}>{texts.noGateway}</small>;
  return (
    <>
      <Button size="s" icon="message" onPress={() => setWriting(true)}>
        {texts.sms}
      </Button>
      {writing && (
        <Suspense>
          <SmsDialog incident={incident} onClose={() => setWriting(false)} />
        </Suspense>
      )}
    </>
  );
}

/** The last attempts and messages, newest first. */
function Attempts({ incident }: { incident: WorldIncident }) {
  const texts = useTexts(lineTexts);
  const formats = useFormats();
  const { contacts, messages } = incident.loop;
  const vain = callsInVain(contacts);
  const views = useQuery<ContactView[]>(`${incident.id} ${contacts.length}`, signal =>
    fetchContacts(incident.id, signal),
  );
  const notes = new Map(views.data?.map(({ id, note }) => [id, note]));
  const rows = [
    ...contacts.map(({ id, channel, outcome, at }) => ({
      id,
      at: Date.parse(at),
      says: `${texts.channel[channel]} · ${texts.outcome[outcome]}`,
    })),
    ...Object.values(messages)
      .filter(({ state }) => state === 'queued' || state === 'accepted')
      .map(({ id, recipient, state, changedAt }) => ({
        id,
        at: Date.parse(changedAt),
        says: `${texts.channel.sms} · ${texts.recipients[recipient]} · ${texts.smsState[state]}`,
      })),
  ].toSorted((a, b) => b.at - a.at);
  return (
    <ul className={styles.rows} aria-label={texts.contacts}>
      {rows.length === 0 && <li className={styles.muted}>{texts.noContacts}</li>}
      {rows.slice(0, mostShown).map(({ id, at, says }) => (
        <li key={id} className={styles.row}>
          <time>{formats.time(at)}</time>
          <span>{says}</span>
          {notes.get(id) && <small>{notes.get(id)}</small>}
        </li>
      ))}
      {vain > 1 && <li className={styles.muted}>{texts.vain(vain)}</li>}
    </ul>
  );
}
