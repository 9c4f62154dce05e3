import { useMemo, useState } from 'react';
import { replayTexts } from '../i18n/sections/replay.ts';
import { useFormats, useTexts } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { useKeys } from '../ui/use-keys.ts';
import { play, pause, type Rate, rates, seek, setOrder, setRate, step, toggle, usePlayer } from './player.ts';
import { delayS, type Order } from './recording.ts';
import styles from './transport.module.css';

const orders: readonly Order[] = ['known', 'was'];
/** Later than this is marked: below, it is how long people take to write a thing down. */
const lateFromS = 60;

/** Time of the recording: play, speed, order, and every fact of it along a line. */
export function Transport() {
  const texts = useTexts(replayTexts);
  const player = usePlayer(state => state);
  const { recording, playing, rate, order } = player;
  useKeys({ p: toggle, arrowleft: () => step(-1), arrowright: () => step(1) });
  const off = recording === null;
  return (
    <footer className={styles.bar}>
      <div className={styles.verbs}>
        <Button icon="chevronLeft" isDisabled={off} onPress={() => step(-1)} aria-label={texts.previous} />
        <Button variant="primary" isDisabled={off} onPress={playing ? pause : play}>
          {playing ? texts.pause : texts.play}
        </Button>
        <Button icon="chevronRight" isDisabled={off} onPress={() => step(1)} aria-label={texts.next} />
        <label>
          {texts.speed}
          <select value={rate} onChange={event => setRate(Number(event.target.value) as Rate)}>
            {rates.map(each => (
              <option key={each} value={each}>
                {texts.times(each)}
              </option>
            ))}
          </select>
        </label>
        <label title={texts.orderHints[order]}>
          {texts.order}
          <select value={order} onChange={event => setOrder(event.target.value as Order)}>
            {orders.map(each => (
              <option key={each} value={each}>
                {texts.orders[each]}
              </option>
            ))}
          </select>
        </label>
        <CopyLink />
        <small>{texts.keys}</small>
      </div>
      <TimeLine />
    </footer>
  );
}

function TimeLine() {
  const texts = useTexts(replayTexts);
  const formats = useFormats();
  const { recording, order, atMs } = usePlayer(state => state);
  const moments = useMemo(() => recording?.moments(order) ?? [], [recording, order]);
  if (!recording) return <div className={styles.line} />;
  const { fromMs, toMs } = recording;
  const share = (ms: number) => `${(100 * (ms - fromMs)) / Math.max(1, toMs - fromMs)}%`;
  const late = moments.filter(({ fact }) => delayS(fact) >= lateFromS);
  return (
    <div className={styles.line}>
      <time>{formats.time(fromMs)}</time>
      <div className={styles.track}>
        {moments.map(({ atMs: ms, fact }) => (
          <i
            key={fact.seq}
            style={{ left: share(ms) }}
            data-late={delayS(fact) >= lateFromS || undefined}
            title={delayS(fact) >= lateFromS ? texts.late(formats.age(delayS(fact))) : undefined}
          />
        ))}
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
      </div>
      <time>{formats.time(toMs)}</time>
      {late.length > 0 && <small>{texts.lateCount(late.length)}</small>}
    </div>
  );
}

/** A link to the moment that is shown, for whoever may see it too. */
function CopyLink() {
  const texts = useTexts(replayTexts);
  const [done, setDone] = useState(false);
  const atMs = usePlayer(player => player.atMs);
  const copy = async () => {
    const address = new URL(location.href);
    address.searchParams.set('at', new Date(atMs).toISOString());
    await navigator.clipboard.writeText(address.href);
    setDone(true);
  };
  return <Button onPress={() => void copy()}>{done ? texts.copied : texts.copy}</Button>;
}
