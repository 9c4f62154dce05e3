import type { SimulatorView, TrainingSummary } from '#contract/simulator.ts';
import { usePrefs } from '../../app/prefs.ts';
import { simulatorTexts } from '../../i18n/sections/simulator.ts';
import { useFormats, useT, useTexts } from '../../i18n/use-t.ts';
import { Button } from '../../ui/button.tsx';
import styles from './simulator.module.css';

/** All trainings, newest first. */
export function TrainingList({ view, onOpen }: { view: SimulatorView; onOpen: (id: string) => void }) {
  const texts = useTexts(simulatorTexts).results;
  return (
    <section aria-label={texts.title}>
      <h2>{texts.title}</h2>
      {view.trainings.length === 0 ? (
        <p className={styles.hint}>{texts.none}</p>
      ) : (
        <TrainingTable trainings={view.trainings} view={view} onOpen={onOpen} />
      )}
    </section>
  );
}

interface TableProps {
  trainings: readonly TrainingSummary[];
  view: SimulatorView;
  /** The one that is open. */
  openId?: string;
  onOpen: (id: string) => void;
}

/** Trainings side by side: how soon she was met, against the case that the scenario follows. */
export function TrainingTable({ trainings, view, openId, onOpen }: TableProps) {
  const t = useT();
  const texts = useTexts(simulatorTexts).results;
  const formats = useFormats();
  const lang = usePrefs(prefs => prefs.lang);
  const scenarioOf = (id: string) => view.scenarios.find(each => each.id === id);
  const minutes = (n: number) => `${formats.number(n, n < 10 ? 1 : 0)} ${t.units.minute}`;
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            {[texts.scenario, texts.startedAt, texts.seed, texts.ending, texts.metAfter, texts.reference].map(
              name => (
                <th key={name}>{name}</th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {trainings.map(({ id, scenarioId, seed, startedAt, ending, metAfterMinutes }) => {
            const scenario = scenarioOf(scenarioId);
            return (
              <tr key={id} aria-current={id === openId || undefined}>
                <th>
                  <Button variant="quiet" size="s" icon="chart" onPress={() => onOpen(id)}>
                    {scenario?.title[lang] ?? scenarioId}
                  </Button>
                </th>
                <td>{formats.stamp(Date.parse(startedAt))}</td>
                <td>{seed}</td>
                <td data-ending={ending}>{texts.endings[ending]}</td>
                <td>{metAfterMinutes === null ? texts.notMet : minutes(metAfterMinutes)}</td>
                <td>{scenario ? minutes(scenario.referenceMinutes) : ''}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
