import { type KeyboardEvent, useState } from 'react';
import { useNow } from '../../clock/use-now.ts';
import { deskTexts } from '../../i18n/sections/desk.ts';
import { useFormats, useT, useTexts } from '../../i18n/use-t.ts';
import { type Lane, lanes, marksOf, type StoryEntry, type StoryMark, stripSpan } from './story.ts';
import styles from './story.module.css';

/** The story as a picture: a lane for each line, a mark for each thing; in words for the one that is pointed at or focused. */
export function Strip({ entries }: { entries: readonly StoryEntry[] }) {
  const t = useT();
  const texts = useTexts(deskTexts).story;
  const formats = useFormats();
  const now = useNow();
  const [focus, setFocus] = useState<string | null>(null);
  const span = stripSpan(entries, now);
  const marks = marksOf(entries, span);
  const inTime = marks.toSorted((a, b) => a.at - b.at);
  const current = marks.find(mark => keyOf(mark) === focus) ?? inTime.at(-1);
  const nowAt = (now - span.fromMs) / Math.max(1, span.toMs - span.fromMs);
  const onKey = (pressed: KeyboardEvent<HTMLElement>) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[pressed.key];
    if (by === undefined || !current) return;
    pressed.preventDefault();
    const next = inTime[inTime.indexOf(current) + by];
    if (!next) return;
    setFocus(keyOf(next));
    const wanted = `[data-mark="${CSS.escape(keyOf(next))}"]`;
    pressed.currentTarget.querySelector<HTMLElement>(wanted)?.focus();
  };
  const used = lanes.filter(lane => marks.some(mark => mark.lane === lane));
  return (
    <figure className={styles.strip} aria-label={texts.strip}>
      {/* One stop for Tab, arrows within: as in a toolbar. */}
      <div className={styles.lanes} role="toolbar" aria-label={texts.stripHint} onKeyDown={onKey}>
        {used.map(lane => (
          <div key={lane} className={styles.lane}>
            <span>{texts.lane[lane]}</span>
            <div>
              <i style={{ left: percent(nowAt) }} />
              {marks
                .filter(mark => mark.lane === lane)
                .map(mark => (
                  <MarkButton
                    key={keyOf(mark)}
                    mark={mark}
                    label={mark.entries.map(({ text }) => text).join(t.list)}
                    isCurrent={mark === current}
                    onFocus={() => setFocus(keyOf(mark))}
                  />
                ))}
            </div>
          </div>
        ))}
      </div>
      <div className={styles.axis}>
        <time>{formats.timeShort(span.fromMs)}</time>
        <span style={{ left: percent(nowAt) }}>{texts.now}</span>
        <time>{formats.timeShort(span.toMs)}</time>
      </div>
      <figcaption>
        {current?.entries.slice(0, 3).map(({ key, atMs, text }) => (
          <span key={key}>
            <time>{formats.time(atMs)}</time> {text}
          </span>
        ))}
        {current && current.entries.length > 3 && <small>+{current.entries.length - 3}</small>}
      </figcaption>
    </figure>
  );
}

interface MarkProps {
  mark: StoryMark;
  label: string;
  isCurrent: boolean;
  onFocus: () => void;
}

function MarkButton({ mark, label, isCurrent, onFocus }: MarkProps) {
  return (
    <button
      type="button"
      className={styles.mark}
      style={{ left: percent(mark.at) }}
      data-mark={keyOf(mark)}
      data-tone={worst(mark)}
      data-many={mark.entries.length > 1 || undefined}
      data-current={isCurrent || undefined}
      tabIndex={isCurrent ? 0 : -1}
      aria-label={label}
      onFocus={onFocus}
      onMouseEnter={onFocus}
    />
  );
}

const tones: readonly StoryEntry['tone'][] = ['bad', 'good', 'due', 'plain'];
const worst = ({ entries }: StoryMark) => tones.find(tone => entries.some(each => each.tone === tone));
const keyOf = ({ lane, entries }: StoryMark): string => `${lane satisfies Lane} ${entries[0]?.key}`;
const percent = (share: number) => `${Math.min(1, Math.max(0, share)) * 100}%`;
