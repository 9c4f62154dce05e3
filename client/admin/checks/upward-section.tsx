import { useState } from 'react';
import { dayOf } from '#domain/shanghai.ts';
import { errorText } from '../../api/error-text.ts';
import {
  fetchUpward,
  markDelivered,
  retryUpward,
  type UpwardItem,
  upwardFilePath,
} from '../../api/upward.ts';
import { serverNow } from '../../clock/use-now.ts';
import { useAction } from '../../desk/use-action.ts';
import { useQuery } from '../../desk/use-query.ts';
import { checkTexts } from '../../i18n/sections/checks.ts';
import { useFormats, useT, useTexts } from '../../i18n/use-t.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Problem, Section } from '../../ui/section.tsx';
import styles from './checks.module.css';

/** Results on their way to the platforms that sent the alerts: what waits, what was taken, what was not. */
export default function UpwardSection() {
  const t = useT();
  const texts = useTexts(checkTexts);
  const { data, error, reload } = useQuery('upward', signal => fetchUpward(undefined, signal));
  const [day, setDay] = useState(() => dayOf(serverNow()));
  const action = useAction();
  const run = (work: () => Promise<unknown>) => void action.run(work).then(reload);
  if (error !== undefined && !data) return <Problem>{errorText(error, t)}</Problem>;
  if (!data) return <Notice title={t.loading} full />;
  return (
    <div className={styles.page}>
      <h2 className="visually-hidden">{texts.upwardTitle}</h2>
      <Section title={texts.upwardTitle} icon="send">
        <p className={styles.hint}>{data.hasPlatform ? texts.upwardHint : texts.noPlatform}</p>
        <div className={styles.file}>
          <Field label={texts.day} type="date" value={day} onChange={setDay} unmarked />
          {(['csv', 'json'] as const).map(format => (
            <a key={format} className={buttonClass({})} href={upwardFilePath(day, format)} download>
              {texts[format]}
            </a>
          ))}
        </div>
        <Problem>{action.problem}</Problem>
        {data.items.length === 0 ? (
          <p className={styles.hint}>{texts.upwardEmpty}</p>
        ) : (
          <div className={styles.scroll}>
            <table className={styles.table}>
              <thead>
                <tr>
                  {Object.values(texts.upwardColumns).map(column => (
                    <th key={column} scope="col">
                      {column}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {data.items.map(item => (
                  <Message
                    key={item.id}
                    item={item}
                    busy={action.busy}
                    onRetry={data.hasPlatform ? () => run(() => retryUpward(item.id)) : null}
                    onDelivered={() => run(() => markDelivered(item.id))}
                  />
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Section>
    </div>
  );
}

interface MessageProps {
  item: UpwardItem;
  busy: boolean;
  /** Null where there is no platform to send to. */
  onRetry: (() => void) | null;
  onDelivered: () => void;
}

function Message({ item, busy, onRetry, onDelivered }: MessageProps) {
  const texts = useTexts(checkTexts);
  const formats = useFormats();
  const { source, externalId, incidentNumber, state, attempts, nextTryAt, trouble } = item;
  const stamp = (iso: string | null) => (iso === null ? null : formats.stamp(Date.parse(iso)));
  const waits = state === 'queued' || state === 'failed';
  return (
    <tr>
      <th scope="row">
        {externalId ?? '—'}
        <small>{source}</small>
      </th>
      <td>№ {incidentNumber}</td>
      <td>
        <b data-state={state}>{texts.states[state]}</b>
        {attempts > 0 && <small>{texts.attempts(attempts)}</small>}
        {trouble !== null && <small>{texts.trouble(trouble)}</small>}
      </td>
      <td>
        {stamp(item.queuedAt)}
        <small>{stamp(item.acknowledgedAt ?? item.deliveredAt)}</small>
        {state === 'queued' && attempts > 0 && nextTryAt !== null && (
          <small>{texts.next(stamp(nextTryAt)!)}</small>
        )}
      </td>
      <td>
        {waits && (
          <span className={styles.actions}>
            {onRetry && (
              <Button size="s" isDisabled={busy} onPress={onRetry}>
                {texts.retry}
              </Button>
            )}
            <Button size="s" variant="quiet" isDisabled={busy} onPress={onDelivered}>
              {texts.delivered}
            </Button>
          </span>
        )}
      </td>
    </tr>
  );
}
