import { mapFrame } from '#contract/after-action-frame.ts';
import type { AfterActionMap } from '#contract/after-action.ts';
import { afterActionTexts } from '../i18n/sections/after-action.ts';
import { useTexts } from '../i18n/use-t.ts';
import { routeColors } from '../map/layers/route-looks.ts';
import styles from './report-page.module.css';

const [width, height] = [760, 420];
// The sheet is white, whatever the theme of the screen.
const inks = routeColors.light;

/** Where the crews went: one picture of the first minutes, one of the whole time. */
export function ReportMap({ map }: { map: AfterActionMap }) {
  const texts = useTexts(afterActionTexts);
  return (
    <section>
      <h2>{texts.maps}</h2>
      <p>{texts.mapHint}</p>
      {map.until.map((minutes, index) => (
        <Picture
          key={minutes}
          map={map}
          minutes={minutes}
          title={index === map.until.length - 1 ? texts.whole : texts.first(minutes)}
        />
      ))}
    </section>
  );
}

function Picture({ map, minutes, title }: { map: AfterActionMap; minutes: number; title: string }) {
  const texts = useTexts(afterActionTexts);
  const { x, y, bar } = mapFrame(map.bounds, width, height);
  const path = (points: readonly (readonly number[])[]) =>
    points
      .map(([lng, lat], i) => `${i === 0 ? 'M' : 'L'}${x(lng!).toFixed(1)} ${y(lat!).toFixed(1)}`)
      .join('');
  const driven = map.tracks.map(({ callsign, points }, index) => ({
    callsign,
    ink: inks[index % inks.length]!,
    points: points.filter(point => point[2]! <= minutes),
  }));
  return (
    <figure>
      <figcaption>{title}</figcaption>
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={title} className={styles.map}>
        <path d={map.roads.map(path).join('')} className={styles.road} />
        {driven.map(({ callsign, ink, points }) => (
          <path key={callsign} d={path(points)} fill="none" stroke={ink} strokeWidth={2.4} />
        ))}
        {map.stations.map(({ name, lng, lat }) => (
          <g key={name}>
            <rect x={x(lng) - 4} y={y(lat) - 4} width={8} height={8} />
            <text x={x(lng) + 7} y={y(lat) + 4}>
              {name}
            </text>
          </g>
        ))}
        {map.places.map(({ number, lng, lat }) => (
          <g key={number}>
            <circle cx={x(lng)} cy={y(lat)} r={9} className={styles.place} />
            <text x={x(lng)} y={y(lat) + 4} textAnchor="middle" className={styles.number}>
              {number}
            </text>
          </g>
        ))}
        {driven.map(({ callsign, ink, points }) => {
          const last = points.at(-1);
          return (
            last && (
              <text key={callsign} x={x(last[0]!) + 6} y={y(last[1]!) + 12} fill={ink}>
                {callsign}
              </text>
            )
          );
        })}
        <path
          d={`M10 ${height - 12}h${bar.length}M${width - 16} 26v-16l-4 6m4 -6l4 6`}
          className={styles.scale}
        />
        <text x={10} y={height - 18}>
          {texts.km(bar.km)}
        </text>
        <text x={width - 16} y={38} textAnchor="middle">
          {texts.north}
        </text>
      </svg>
    </figure>
  );
}
