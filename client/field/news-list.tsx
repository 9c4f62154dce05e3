import { errorText } from '../api/error-text.ts';
import { ApiFailure } from '../api/http.ts';
import { fieldTexts } from '../i18n/sections/field.ts';
import { taskTexts } from '../i18n/sections/tasks.ts';
import { useFormats, useT, useTexts } from '../i18n/use-t.ts';
import { Icon } from '../ui/icons/icon.tsx';
import type { IconName } from '../ui/icons/icons.ts';
import styles from './field.module.css';
import type { News } from './news.ts';
import type { Refused } from './outbox.ts';
import { saidInWords } from './said.ts';

interface NewsListProps {
  news: readonly News[];
  refused: readonly Refused[];
  onRead: (news: News) => void;
  onReadRefused: (key: string) => void;
}

/** What happened meanwhile, until it was read: nothing goes away by itself. */
export function NewsList({ news, refused, onRead, onReadRefused }: NewsListProps) {
  const t = useT();
  const texts = useTexts(fieldTexts);
  const tasks = useTexts(taskTexts);
  return (
    <div role="alert" className={styles.newsList}>
      {news.map(each => (
        <Banner
          key={each.taskId}
          kind={each.kind}
          title={texts.news[each.kind](each.place)}
          more={<Details news={each} />}
          onRead={() => onRead(each)}
        />
      ))}
      {refused.map(({ unsent, code, state }) => (
        <Banner
          key={unsent.key}
          kind="refused"
          title={texts.refused(saidInWords(unsent.answer, texts), unsent.place)}
          more={state ? texts.taskIs(tasks.state[state]) : errorText(new ApiFailure(code, ''), t)}
          onRead={() => onReadRefused(unsent.key)}
        />
      ))}
    </div>
  );
}

function Details({ news: { kind, state, outcome, reason, at } }: { news: News }) {
  const tasks = useTexts(taskTexts);
  const formats = useFormats();
  const how = outcome ? tasks.outcome[outcome] : kind === 'recorded' && state ? tasks.state[state] : null;
  const words = kind === 'cancelled' ? reason : null;
  return [formats.timeShort(at), how, words].filter(part => part !== null).join(' · ');
}

const icons: Record<News['kind'] | 'refused', IconName> = {
  ordered: 'bell',
  cancelled: 'close',
  recorded: 'edit',
  reopened: 'undo',
  gone: 'close',
  refused: 'warning',
};

interface BannerProps {
  kind: News['kind'] | 'refused';
  title: string;
  more: React.ReactNode;
  onRead: () => void;
}

function Banner({ kind, title, more, onRead }: BannerProps) {
  const texts = useTexts(fieldTexts);
  return (
    <div role="group" className={styles.banner} data-kind={kind} aria-label={title}>
      <Icon name={icons[kind]} size="1.4em" />
      <span>
        <strong>{title}</strong>
        <small>{more}</small>
      </span>
      <button type="button" className={styles.small} onClick={onRead}>
        {texts.acknowledge}
      </button>
    </div>
  );
}
