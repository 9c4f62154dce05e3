import { useState } from 'react';
import { replayTexts } from '../i18n/sections/replay.ts';
import { useTexts } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { useKeys } from '../ui/use-keys.ts';
import {
  play,
  pause,
  presentMoment,
  type Rate,
  rates,
  setOrder,
  setRate,
  step,
  toggle,
  usePlayer,
} from './player.ts';
import type { Order } from './recording.ts';
import { Timeline } from './timeline.tsx';
import styles from './transport.module.css';

const orders: readonly Order[] = ['known', 'was'];

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
        <Beside />
        <small>{texts.keys}</small>
      </div>
      <Timeline />
    </footer>
  );
}

/** The address of the moment that is shown. */
function addressOf(atMs: number): string {
  const address = new URL(location.href);
  address.searchParams.set('at', new Date(atMs).toISOString());
  return address.href;
}

/** The same in a window of its own with a time of its own: two moments, or two incidents, side by side. */
function Beside() {
  const texts = useTexts(replayTexts);
  const half = () => {
    const { availWidth, availHeight } = screen;
    const address = addressOf(presentMoment());
    open(
      address,
      '_blank',
      `popup,left=${availWidth / 2},top=0,width=${availWidth / 2},height=${availHeight}`,
    );
  };
  return <Button onPress={half}>{texts.beside}</Button>;
}

/** A link to the moment that is shown, for whoever may see it too. */
function CopyLink() {
  const texts = useTexts(replayTexts);
  const [done, setDone] = useState(false);
  const atMs = usePlayer(player => player.atMs);
  const copy = async () => {
    await navigator.clipboard.writeText(addressOf(atMs));
    setDone(true);
  };
  return <Button onPress={() => void copy()}>{done ? texts.copied : texts.copy}</Button>;
}
