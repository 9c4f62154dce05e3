import { type PointerEvent, useMemo, useRef, useState } from 'react';
import { deskTexts } from '../i18n/sections/desk.ts';
import { replayTexts } from '../i18n/sections/replay.ts';
import { useFormats, useTexts } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { densityOf, laneRows, lateMoments } from './lanes.ts';
import { seek, setZoom, usePlayer } from './player.ts';
import styles from './timeline.module.css';

const parts = 120;
/** A shorter drag is a click. */
const shortestDrag = 0.01;

/** The time of the recording: how much happened when, a lane for each line, and a part of it by drawing over it. */
export function Timeline() {
  const texts = useTexts(replayTexts);
  const names = useTexts(deskTexts).story.lane;
  const formats = useFormats();
  const recording = usePlayer(player => player.recording);
  const order = usePlayer(player => player.order);
  const zoom = usePlayer(player => player.zoom);
  const marked = usePlayer(player => player.marked);
  const moments = useMemo(() => recording?.moments(order) ?? [], [recording, order]);
  const span = zoom ?? recording;
  const rows = useMemo(() => (span ? laneRows(moments, span) : []), [moments, span]);
  const density = useMemo(() => (span ? densityOf(moments, span, parts) : []), [moments, span]);
  const late = useMemo(() => lateMoments(moments), [moments]);
  const brush = useBrush((from, to) => {
    if (!span) return;
    const at = (share: number) => span.fromMs + share * (span.toMs - span.fromMs);
    if (to - from < shortestDrag) seek(at(from));
    else setZoom({ fromMs: at(from), toMs: at(to) });
  });
  if (!recording || !span) return <div className={styles.timeline} />;
  return (
    <div className={styles.timeline}>
      <time>{formats.time(span.fromMs)}</time>
      <div className={cx(styles.middle, styles.rows)}>
        <div className={styles.names}>
          {rows.map(({ lane }) => (
            <span key={lane}>{lane === 'rest' ? texts.rest : names[lane]}</span>
          ))}
        </div>
        <div className={styles.lanes} {...brush.handlers} title={texts.brushHint}>
          <Density counts={density} />
          {rows.map(({ lane, ticks }) => (
            <div key={lane} className={styles.lane}>
              {ticks.map(({ key, at, lateS, bad }) => (
                <i
                  key={key}
                  style={{ left: `${100 * at}%` }}
                  data-late={lateS !== null || undefined}
                  data-bad={bad || undefined}
                  title={lateS === null ? undefined : texts.late(formats.age(lateS))}
                />
              ))}
            </div>
          ))}
          {marked.map(({ fromMs, toMs }) => (
            <s key={fromMs} style={{ left: share(fromMs, span), right: share(span.toMs, span, toMs) }} />
          ))}
          {brush.drawn && (
            <b style={{ left: `${100 * brush.drawn[0]}%`, right: `${100 * (1 - brush.drawn[1])}%` }} />
          )}
          <Now fromMs={span.fromMs} toMs={span.toMs} />
        </div>
        <Slider fromMs={span.fromMs} toMs={span.toMs} />
      </div>
      <time>{formats.time(span.toMs)}</time>
      <span className={styles.verbs}>
        {late.length > 0 && (
          <Button size="s" icon="clock" onPress={() => seek(late[0]!.atMs)}>
            {texts.lateCount(late.length)}
          </Button>
        )}
        {zoom && (
          <Button size="s" onPress={() => setZoom(null)}>
            {texts.wholeTime}
          </Button>
        )}
      </span>
    </div>
  );
}

/** How far an instant lies from another, by default the span's beginning, as a share of the span. */
const share = (atMs: number, { fromMs, toMs }: { fromMs: number; toMs: number }, sinceMs = fromMs): string =>
  `${Math.min(100, Math.max(0, (100 * (atMs - sinceMs)) / Math.max(1, toMs - fromMs)))}%`;

function Density({ counts }: { counts: readonly number[] }) {
  const most = Math.max(1, ...counts);
  const points = counts.map(
    (count, index) => `${index},${20 - (18 * count) / most} ${index + 1},${20 - (18 * count) / most}`,
  );
  return (
    <svg
      className={styles.density}
      viewBox={`0 0 ${counts.length} 20`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <polygon points={`0,20 ${points.join(' ')} ${counts.length},20`} />
    </svg>
  );
}

function Now({ fromMs, toMs }: { fromMs: number; toMs: number }) {
  const atMs = usePlayer(player => player.atMs);
  return <em style={{ left: `${(100 * (atMs - fromMs)) / Math.max(1, toMs - fromMs)}%` }} />;
}

function Slider({ fromMs, toMs }: { fromMs: number; toMs: number }) {
  const texts = useTexts(replayTexts);
  const formats = useFormats();
  const atMs = usePlayer(player => player.atMs);
  return (
    <input
      type="range"
      aria-label={texts.timeline}
      aria-valuetext={formats.time(atMs)}
      min={fromMs}
      max={toMs}
      step={1000}
      value={atMs}
      onChange={event => seek(Number(event.target.value))}
    />
  );
}

/** A part of the width that is drawn over with the pointer, as shares of it. */
function useBrush(onDrawn: (from: number, to: number) => void) {
  const [drawn, setDrawn] = useState<[number, number] | null>(null);
  const start = useRef<number | null>(null);
  const shareAt = ({ currentTarget, clientX }: PointerEvent<HTMLElement>) => {
    const { left, width } = currentTarget.getBoundingClientRect();
    return Math.min(1, Math.max(0, (clientX - left) / Math.max(1, width)));
  };
  const between = (event: PointerEvent<HTMLElement>): [number, number] | null => {
    if (start.current === null) return null;
    const here = shareAt(event);
    return [Math.min(start.current, here), Math.max(start.current, here)];
  };
  const handlers = {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      start.current = shareAt(event);
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => setDrawn(between(event)),
    onPointerUp: (event: PointerEvent<HTMLElement>) => {
      const done = between(event);
      start.current = null;
      setDrawn(null);
      if (done) onDrawn(...done);
    },
    onPointerCancel: () => {
      start.current = null;
      setDrawn(null);
    },
  };
  return { drawn, handlers };
}
