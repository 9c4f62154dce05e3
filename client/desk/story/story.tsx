import type { WorldIncident } from '#domain/world.ts';
import { deskTexts } from '../../i18n/sections/desk.ts';
import { useFormats, useTexts } from '../../i18n/use-t.ts';
import { Section } from '../../ui/section.tsx';
import { Strip } from './strip.tsx';
import styles from './story.module.css';
import { useStory } from './use-story.ts';

/** What happened around an incident: as one picture, and in words, the newest first. */
export function Story({ incident }: { incident: WorldIncident }) {
  const texts = useTexts(deskTexts).story;
  const formats = useFormats();
  const entries = useStory(incident);
  return (
    <Section title={texts.title} icon="history">
      {entries.length === 0 ? <p className={styles.muted}>{texts.empty}</p> : <Strip entries={entries} />}
      <ol className={styles.list}>
        {entries.toReversed().map(({ key, atMs, lane, text, tone }) => (
          <li key={key} data-tone={tone}>
            <time>{formats.time(atMs)}</time>
            <span>{lane && texts.lane[lane]}</span>
            <p>
              {text}
              {tone === 'due' && <small>{texts.notYet}</small>}
            </p>
          </li>
        ))}
      </ol>
    </Section>
  );
}
