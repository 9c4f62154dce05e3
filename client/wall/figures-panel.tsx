import { useMemo } from 'react';
import { useNow } from '../clock/use-now.ts';
import { useStationNames } from '../desk/station-name.ts';
import { wallTexts } from '../i18n/sections/wall.ts';
import { useFormats, useTexts } from '../i18n/use-t.ts';
import { unitSlots, useLive } from '../store/live.ts';
import { dutyByStation, figuresOfDay, meetingRate, totalOf } from './figures.ts';
import styles from './figures-panel.module.css';

const minuteMs = 60_000;

/** Today's figures; they begin anew at midnight in Shanghai, by the server's clock. */
export function FiguresPanel() {
  const texts = useTexts(wallTexts);
  const formats = useFormats();
  const incidents = useLive(live => live.world.incidents);
  // Only midnight changes them when nothing happens.
  const minute = Math.floor(useNow() / minuteMs);
  const figures = useMemo(() => figuresOfDay(incidents, minute * minuteMs), [incidents, minute]);
  const rate = meetingRate(figures);
  const { alerts, met, heldYuan, open, metInTime, due } = figures;
  return (
    <section className={styles.panel} aria-label={texts.today}>
      <h2>{texts.today}</h2>
      <dl className={styles.figures}>
        <Figure name={texts.figures.alerts} value={formats.number(alerts)} id="alerts" />
        <Figure name={texts.figures.met} value={formats.number(met)} id="met" />
        <Figure name={texts.figures.open} value={formats.number(open)} id="open" />
        <Figure
          name={texts.figures.rate}
          value={rate === null ? texts.ofDue(metInTime, due) : formats.percent(rate)}
          note={rate === null ? texts.tooFew : texts.ofDue(metInTime, due)}
          id="rate"
        />
        <Figure name={texts.figures.held} value={formats.yuan(heldYuan)} id="held" />
      </dl>
    </section>
  );
}

interface FigureProps {
  id: string;
  name: string;
  value: string;
  note?: string;
}

function Figure({ id, name, value, note }: FigureProps) {
  return (
    <div data-figure={id}>
      <dt>{name}</dt>
      <dd>
        {value}
        {note && <small>{note}</small>}
      </dd>
    </div>
  );
}

/** Fixes come many times a second; bars that change so often cannot be read. */
const stepMs = 5000;

/** Who is on duty where, as bars of one common length per unit. */
export function DutyPanel() {
  const texts = useTexts(wallTexts);
  const units = useLive(live => live.world.units);
  const nameOf = useStationNames();
  const step = Math.floor(useNow() / stepMs);
  const duty = useMemo(
    () => dutyByStation(units, ({ slot }) => unitSlots.fixAt[slot] ?? Number.NaN, (step + 1) * stepMs),
    [units, step],
  );
  const most = Math.max(1, ...duty.map(totalOf));
  return (
    <section className={styles.panel} aria-label={texts.duty} data-grows>
      <h2>
        {texts.duty} <b>{duty.reduce((sum, each) => sum + totalOf(each), 0)}</b>
        <span className={styles.key}>
          <i data-part="free" /> {texts.free} <i data-part="busy" /> {texts.busy} <i data-part="silent" />{' '}
          {texts.silent}
        </span>
      </h2>
      {duty.length === 0 && <p className={styles.none}>{texts.noDuty}</p>}
      <ol className={styles.duty}>
        {duty.map(({ stationId, ...counts }) => (
          <li key={stationId}>
            <span>{nameOf(stationId)}</span>
            <span className={styles.bar}>
              {(['free', 'busy', 'silent'] as const).map(
                part =>
                  counts[part] > 0 && (
                    <i key={part} data-part={part} style={{ width: `${(counts[part] / most) * 100}%` }}>
                      {counts[part]}
                    </i>
                  ),
              )}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
