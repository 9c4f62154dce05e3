import { lineLengthM, type LngLat } from '#road/geo.ts';
import type { ClosureView } from '#contract/closure.ts';
import { errorText } from '../../api/error-text.ts';
import { fetchClosures, openRoad } from '../../api/roads.ts';
import { useAction } from '../../desk/use-action.ts';
import { useQuery } from '../../desk/use-query.ts';
import { roadTexts } from '../../i18n/sections/roads.ts';
import { useFormats, useT, useTexts } from '../../i18n/use-t.ts';
import { useLive } from '../../store/live.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Problem, Section } from '../../ui/section.tsx';
import styles from './roads.module.css';

/** Closed roads with their reasons; asked for again whenever one is closed or opened anywhere. */
export function ClosureTable() {
  const t = useT();
  const texts = useTexts(roadTexts);
  const closed = useLive(live => live.world.closures);
  const { data, error } = useQuery(Object.keys(closed).join() || 'none', fetchClosures);
  return (
    <Section title={texts.closedRoads} icon="noEntry">
      {error !== undefined && <Problem>{errorText(error, t)}</Problem>}
      {data?.items.length === 0 && <Notice icon="check" title={texts.none} hint={texts.noneHint} />}
      {data && data.items.length > 0 && (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{texts.road}</th>
              <th scope="col">{texts.reason}</th>
              <th scope="col">{texts.length}</th>
              <th scope="col">{texts.direction}</th>
              <th scope="col">{texts.since}</th>
              <th scope="col">{texts.until}</th>
              <th scope="col">{texts.by}</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {data.items.map(closure => (
              <ClosureRow key={closure.id} closure={closure} />
            ))}
          </tbody>
        </table>
      )}
    </Section>
  );
}

function ClosureRow({ closure }: { closure: ClosureView }) {
  const texts = useTexts(roadTexts);
  const formats = useFormats();
  const action = useAction();
  const { roadName, reason, direction, closedAt, untilAt, closedBy, line } = closure;
  return (
    <tr>
      <th scope="row" className={styles.road}>
        {roadName ?? texts.unnamed}
        <Problem>{action.problem}</Problem>
      </th>
      <td className={styles.reason}>{reason}</td>
      <td>{formats.distance(lineLengthM(line.coordinates as LngLat[]))}</td>
      <td>{direction === 'both' ? texts.both : texts.forward}</td>
      <td>{formats.stamp(Date.parse(closedAt))}</td>
      <td>{untilAt === null ? texts.untilOpened : formats.stamp(Date.parse(untilAt))}</td>
      <td>{closedBy}</td>
      <td>
        <Button
          size="s"
          icon="check"
          isDisabled={action.busy}
          onPress={() => void action.run(() => openRoad(closure.id))}
        >
          {texts.reopen}
        </Button>
      </td>
    </tr>
  );
}
