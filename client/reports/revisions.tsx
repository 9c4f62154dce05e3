import type { Bulletin } from '../api/reports.ts';
import { reportTexts } from '../i18n/sections/reports.ts';
import { useFormats, useTexts } from '../i18n/use-t.ts';
import { useRowName } from './names.ts';
import styles from './reports.module.css';

/** What has changed since the week's own bulletin: from what, to what, when. */
export function Revisions({ bulletin: { revisions, stations } }: { bulletin: Bulletin }) {
  const texts = useTexts(reportTexts);
  const formats = useFormats();
  const nameOf = useRowName();
  if (revisions.length === 0) return null;
  const nameOfStation = (stationId: string | null) =>
    nameOf(stations.find(row => row.stationId === stationId) ?? { stationId, name: null });
  return (
    <section className={styles.block}>
      <h3>
        {texts.revisions} <small>{revisions.length}</small>
      </h3>
      <ul className={styles.revisions}>
        {revisions.map(({ stationId, total, figure, before, after, at }) => (
          <li key={`${stationId} ${total} ${figure}`}>
            <strong>{total ? texts.total : nameOfStation(stationId)}</strong> {texts.figures[figure]}{' '}
            {texts.revised(
              formats.number(before, 2),
              formats.number(after, 2),
              formats.stamp(Date.parse(at)),
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
