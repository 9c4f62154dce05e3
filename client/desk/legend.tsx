import { risks } from '#contract/alert.ts';
import { sightingKinds } from '#contract/sighting.ts';
import { unitStates } from '#contract/unit.ts';
import { useT } from '../i18n/use-t.ts';
import { Icon } from '../ui/icons/icon.tsx';
import { RiskMark } from '../ui/icons/risk-mark.tsx';
import { UnitMark } from '../ui/icons/unit-mark.tsx';
import { CoverageLegend } from './coverage-legend.tsx';
import { LocateLegend } from './locate/locate-legend.tsx';
import styles from './map-tools.module.css';

/** What shapes and colours on the map mean. */
export function Legend() {
  const t = useT();
  return (
    <section className={styles.panel} aria-label={t.tools.legend}>
      <LocateLegend />
      <h3>{t.legend.risk}</h3>
      <ul>
        {risks.map(risk => (
          <li key={risk}>
            <RiskMark risk={risk} size="1.3em" /> {t.risk[risk]}
          </li>
        ))}
      </ul>
      <h3>{t.legend.unitState}</h3>
      <ul>
        {unitStates.map(state => (
          <li key={state}>
            <UnitMark state={state} size="1.2em" /> {t.unitState[state]}
          </li>
        ))}
        <li>
          <UnitMark state="available" stale size="1.2em" /> {t.legend.staleUnit}
        </li>
      </ul>
      <h3>{t.legend.sightings}</h3>
      <ul>
        {sightingKinds.map(kind => (
          <li key={kind}>
            <Icon name={`sighting-${kind}`} /> {t.sighting.kind[kind]}
          </li>
        ))}
        <li>
          <i className={styles.dashed} /> {t.legend.estimated}
        </li>
      </ul>
      <CoverageLegend />
    </section>
  );
}
