import { useState } from 'react';
import { Switch } from 'react-aria-components';
import type { SpeedsReply, SpeedView } from '#contract/speed.ts';
import { errorText } from '../../api/error-text.ts';
import { fetchSpeeds, setSpeedsInUse } from '../../api/roads.ts';
import { mayUseLearnedSpeeds } from '../../app/rights.ts';
import { useSignedIn } from '../../app/session.ts';
import { useAction } from '../../desk/use-action.ts';
import { useQuery } from '../../desk/use-query.ts';
import toolStyles from '../../desk/map-tools.module.css';
import { roadTexts } from '../../i18n/sections/roads.ts';
import { useFormats, useT, useTexts } from '../../i18n/use-t.ts';
import { Button } from '../../ui/button.tsx';
import { Problem, Section } from '../../ui/section.tsx';
import styles from './roads.module.css';

type DayKind = SpeedView['dayKind'];
type Classes = keyof (typeof roadTexts)['zh']['classes'];

/** Learned speeds by class of road and hour, against the default; and the switch that makes travel times use them. */
export function SpeedTable() {
  const t = useT();
  const texts = useTexts(roadTexts);
  const { role } = useSignedIn();
  const [dayKind, setDayKind] = useState<DayKind>('weekday');
  const { data, error, reload } = useQuery('speeds', fetchSpeeds);
  const action = useAction();
  const use = async (on: boolean) => {
    await action.run(() => setSpeedsInUse(on));
    reload();
  };
  return (
    <Section title={texts.speeds} icon="chart">
      <p className={styles.hint}>{texts.speedsHint}</p>
      {error !== undefined && <Problem>{errorText(error, t)}</Problem>}
      {data && (
        <>
          <div className={styles.bar}>
            <Switch
              className={toolStyles.switch ?? ''}
              isSelected={data.inUse}
              isDisabled={!mayUseLearnedSpeeds(role) || action.busy}
              onChange={on => void use(on)}
            >
              <span className={toolStyles.track} />
              {texts.use}
            </Switch>
            <span className={styles.hint} role="status">
              {action.busy || (data.inUse && !data.ready) ? texts.preparing : texts.useHint}
            </span>
            <span className={styles.days}>
              {(['weekday', 'weekend'] as const).map(each => (
                <Button
                  key={each}
                  size="s"
                  variant={each === dayKind ? 'primary' : 'plain'}
                  onPress={() => setDayKind(each)}
                >
                  {texts[each]}
                </Button>
              ))}
            </span>
          </div>
          <Problem>{action.problem}</Problem>
          <HourTable items={data.items} dayKind={dayKind} />
          <p className={styles.hint}>
            {data.learnedDay === null ? texts.learnedNever : texts.learnedDay(data.learnedDay)}
          </p>
        </>
      )}
    </Section>
  );
}

const hours = Array.from({ length: 24 }, (_, hour) => hour);

function HourTable({ items, dayKind }: Pick<SpeedsReply, 'items'> & { dayKind: DayKind }) {
  const texts = useTexts(roadTexts);
  const formats = useFormats();
  const byClass = Map.groupBy(
    items.filter(item => item.dayKind === dayKind),
    item => item.roadClass,
  );
  return (
    <div className={styles.scroll}>
      <table className={`${styles.table} ${styles.hours}`}>
        <thead>
          <tr>
            <th scope="col">
              {texts.roadClass} ({texts.unit})
            </th>
            <th scope="col">{texts.defaultSpeed}</th>
            {hours.map(hour => (
              <th key={hour} scope="col">
                {hour}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[...byClass].map(([roadClass, ofClass]) => (
            <tr key={roadClass}>
              <th scope="row">{texts.classes[roadClass as Classes]}</th>
              <td>{formats.number(ofClass[0]!.defaultKmh)}</td>
              {ofClass.map(({ hour, learnedKmh, defaultKmh, samples }) => (
                <td
                  key={hour}
                  data-tone={toneOf(learnedKmh / defaultKmh)}
                  data-known={samples > 0}
                  title={texts.cell(formats.number(learnedKmh, 1), formats.number(samples))}
                >
                  {formats.number(learnedKmh)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** In words for the style sheet: the colour says it at a glance, the number says it exactly. */
function toneOf(ratio: number): 'slower' | 'same' | 'faster' {
  if (ratio < 0.9) return 'slower';
  return ratio > 1.1 ? 'faster' : 'same';
}
