import { useEffect, useState } from 'react';
import type { SimulatorBody } from '#contract/simulator.ts';
import { errorText } from '../../api/error-text.ts';
import { fetchSimulator, tellSimulator } from '../../api/simulator.ts';
import { useAction } from '../../desk/use-action.ts';
import { useQuery } from '../../desk/use-query.ts';
import { simulatorTexts } from '../../i18n/sections/simulator.ts';
import { useT, useTexts } from '../../i18n/use-t.ts';
import { Notice } from '../../ui/notice.tsx';
import { Problem } from '../../ui/section.tsx';
import { ControlBar } from './control-bar.tsx';
import { HistoryMaker } from './history-maker.tsx';
import { ScenarioCards } from './scenario-cards.tsx';
import styles from './simulator.module.css';
import { TrainingList } from './training-list.tsx';
import { TrainingPage } from './training-page.tsx';

const askEveryMs = 2000;

/** What the simulator plays, what it could play, and how trainings went. */
export function SimulatorSection() {
  const t = useT();
  const texts = useTexts(simulatorTexts);
  const query = useQuery('simulator', fetchSimulator);
  const [trainingId, setTrainingId] = useState<string | null>(null);
  const { busy, problem, run } = useAction();
  const { data, error, reload } = query;
  useEffect(() => {
    const timer = setTimeout(reload, askEveryMs);
    return () => clearTimeout(timer);
  }, [data, error, reload]);

  if (!data) return <Notice title={error === undefined ? t.loading : errorText(error, t)} full />;
  const tell = (body: SimulatorBody) => void run(() => tellSimulator(body)).then(reload);
  if (trainingId !== null) {
    return (
      <TrainingPage
        id={trainingId}
        simulator={data}
        onOpen={setTrainingId}
        onBack={() => setTrainingId(null)}
      />
    );
  }
  return (
    <div className={styles.page}>
      <p className={styles.intro}>{texts.intro}</p>
      <ControlBar view={data} busy={busy} tell={tell} />
      <Problem>{problem}</Problem>
      <ScenarioCards view={data} busy={busy} tell={tell} />
      <TrainingList view={data} onOpen={setTrainingId} />
      <HistoryMaker view={data} busy={busy} tell={tell} />
    </div>
  );
}
