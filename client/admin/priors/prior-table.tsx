import { useMemo } from 'react';
import { hourBands, type PriorKind, type ScriptPrior } from '#contract/prior.ts';
import { priorTexts } from '../../i18n/sections/priors.ts';
import { useFormats, useT, useTexts } from '../../i18n/use-t.ts';
import { Icon } from '../../ui/icons/icon.tsx';
import styles from './priors.module.css';
import { type ShownRow, shownRows } from './rows.ts';

/** Kinds of places under one script, most probable first, each with how sure its share is. */
export function PriorTable({ prior }: { prior: ScriptPrior }) {
  const texts = useTexts(priorTexts);
  const rows = useMemo(() => shownRows(prior), [prior]);
  const most = Math.max(0.01, ...rows.map(({ high }) => high));
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{texts.kind}</th>
            <th scope="col">{texts.share}</th>
            <th scope="col">{texts.weight}</th>
            <th scope="col">{texts.cases}</th>
            {hourBands.map(band => (
              <th key={band} scope="col">
                {texts.hours[band]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <Row key={row.kind} row={row} most={most} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ row, most }: { row: ShownRow; most: number }) {
  const texts = useTexts(priorTexts);
  const formats = useFormats();
  const name = useKindName();
  const { kind, weight, defaultWeight, isSet, weak, n, hours } = row;
  return (
    <tr data-weak={weak || undefined}>
      <th scope="row">
        <Icon name={kind === 'elsewhere' ? 'route' : `place-${kind}`} size="1.1em" /> {name(kind)}
      </th>
      <td>
        <ShareBar row={row} most={most} />
      </td>
      <td>
        {formats.number(weight * 100, 1)} %
        {isSet && <small>{texts.default(`${formats.number(defaultWeight * 100, 1)} %`)}</small>}
      </td>
      <td>
        {formats.number(n)} {weak && <small>{texts.few}</small>}
      </td>
      {hours.map((hour, index) => {
        const share = hour.mean < 0.005 ? texts.least : formats.percent(hour.mean);
        return (
          <td
            key={hourBands[index]}
            data-known={hour.n > 0 || undefined}
            title={texts.hourCell(share, formats.number(hour.n))}
          >
            {share}
            {hour.n > 0 && <small>{formats.number(hour.n)}</small>}
          </td>
        );
      })}
    </tr>
  );
}

/** The share as a bar and its interval as a whisker over it; both are said in numbers beside. */
function ShareBar({ row: { mean, low, high }, most }: { row: ShownRow; most: number }) {
  const texts = useTexts(priorTexts);
  const formats = useFormats();
  const per = (share: number) => `${formats.number(share * 100, 1)} %`;
  const at = (share: number) => (share / most) * 100;
  return (
    <span className={styles.share}>
      <svg viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true">
        <rect className={styles.mean} x="0" y="2" width={at(mean)} height="8" />
        <rect
          className={styles.interval}
          x={at(low)}
          y="5"
          width={Math.max(0.4, at(high) - at(low))}
          height="2"
        />
        <rect className={styles.interval} x={at(low)} y="1" width="0.5" height="10" />
        <rect className={styles.interval} x={Math.min(99.5, at(high))} y="1" width="0.5" height="10" />
      </svg>
      <b>{per(mean)}</b>
      <small>{texts.interval(per(low), per(high))}</small>
    </span>
  );
}

/** A kind of place in words. */
export function useKindName(): (kind: PriorKind) => string {
  const t = useT();
  const texts = useTexts(priorTexts);
  return kind => {
    if (kind === 'elsewhere') return texts.elsewhere;
    // Under a script a home is her own: the belief knows where it is.
    return kind === 'residence' ? texts.ownHome : t.placeKind[kind];
  };
}
