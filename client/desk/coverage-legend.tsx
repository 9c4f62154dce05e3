import { coverageTexts } from '../i18n/sections/coverage.ts';
import { useTexts } from '../i18n/use-t.ts';
import { Icon } from '../ui/icons/icon.tsx';
import styles from './camera-state.module.css';

/** Three things that look alike from afar: no camera here, a camera that is down, one that works and saw nothing. */
export function CoverageLegend() {
  const texts = useTexts(coverageTexts);
  return (
    <>
      <h3>{texts.camerasTitle}</h3>
      <ul>
        <li>
          <Icon name="sighting-camera" /> {texts.working}
        </li>
        <li>
          <span className={styles.swatches}>
            <i className={styles.cross}>✕</i>
          </span>
          {texts.down}
        </li>
        <li>
          <Swatch kind="sawNothing" /> {texts.legendSawNothing}
        </li>
        <li>
          <Swatch kind="hit" /> {texts.legendHit}
        </li>
      </ul>
      <h3>{texts.title}</h3>
      <ul>
        <li>
          <Line kind="up" /> {texts.watched}
        </li>
        <li>
          <Line kind="down" /> {texts.watchedDown}
        </li>
        <li>
          <Line kind="unwatched" /> {texts.unwatched}
        </li>
        <li>
          <Swatch kind="watched" /> {texts.exitWatched}
        </li>
        <li>
          <Swatch kind="unwatched" /> {texts.exitUnwatched}
        </li>
        <li>
          <span className={styles.swatches}>
            <i className={styles.fan} />
          </span>
          {texts.sector}
        </li>
      </ul>
    </>
  );
}

function Swatch({ kind }: { kind: 'hit' | 'sawNothing' | 'watched' | 'unwatched' }) {
  return (
    <span className={styles.swatches}>
      <i className={styles.dot} data-kind={kind} />
    </span>
  );
}

function Line({ kind }: { kind: 'up' | 'down' | 'unwatched' }) {
  return (
    <span className={styles.swatches}>
      <i className={styles.line} data-kind={kind} />
    </span>
  );
}
