import type { SimulatorView, TrainingResult } from '#contract/simulator.ts';
import { errorText } from '../../api/error-text.ts';
import { fetchTraining } from '../../api/simulator.ts';
import { usePrefs } from '../../app/prefs.ts';
import { useQuery } from '../../desk/use-query.ts';
import { simulatorTexts } from '../../i18n/sections/simulator.ts';
import { useFormats, useT, useTexts } from '../../i18n/use-t.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import styles from './simulator.module.css';
import { stepsOf } from './steps.ts';
import { TrainingTable } from './training-list.tsx';
import { TruthMap } from './truth-map.tsx';

interface TrainingPageProps {
  id: string;
  simulator: SimulatorView;
  onOpen: (id: string) => void;
  onBack: () => void;
}

/** A training afterwards: each step with its time, the searches, and where she really was. */
export function TrainingPage({ id, simulator, onOpen, onBack }: TrainingPageProps) {
  const t = useT();
  const texts = useTexts(simulatorTexts).results;
  const lang = usePrefs(prefs => prefs.lang);
  const { data: result, error } = useQuery(`training ${id}`, signal => fetchTraining(id, signal));
  const scenario = simulator.scenarios.find(each => each.id === result?.scenarioId);
  const earlier = simulator.trainings.filter(({ scenarioId }) => scenarioId === result?.scenarioId);
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <Button icon="chevronLeft" onPress={onBack}>
          {texts.back}
        </Button>
        <h2>{scenario?.title[lang] ?? result?.scenarioId}</h2>
      </header>
      {!result ? (
        <Notice title={error === undefined ? texts.loading : errorText(error, t)} />
      ) : (
        <>
          <Headline result={result} referenceMinutes={scenario?.referenceMinutes ?? null} />
          <div className={styles.debrief}>
            <div>
              <Steps result={result} />
              <Searches result={result} />
            </div>
            <TruthMap result={result} />
          </div>
          <section aria-label={texts.earlier}>
            <h3>{texts.earlier}</h3>
            <TrainingTable trainings={earlier} view={simulator} openId={id} onOpen={onOpen} />
          </section>
        </>
      )}
    </div>
  );
}

function Headline({ result, referenceMinutes }: { result: TrainingResult; referenceMinutes: number | null }) {
  const t = useT();
  const texts = useTexts(simulatorTexts).results;
  const formats = useFormats();
  const { ending, metAfterMinutes, moneySaved, amount, orders, drivenKm } = result;
  const money = formats.yuan(amount);
  return (
    <dl className={styles.headline}>
      <div data-ending={ending}>
        <dt>{texts.ending}</dt>
        <dd>{texts.endings[ending]}</dd>
      </div>
      <div>
        <dt>{texts.metAfter}</dt>
        <dd>
          {metAfterMinutes === null
            ? texts.notMet
            : `${formats.number(metAfterMinutes, 1)} ${t.units.minute}`}
          {referenceMinutes !== null && (
            <small>
              {texts.reference} {formats.number(referenceMinutes)} {t.units.minute}
            </small>
          )}
        </dd>
      </div>
      <div data-ending={wasBrokenOff(result) ? ending : moneySaved ? 'met' : 'tooLate'}>
        <dt>
          {wasBrokenOff(result) ? texts.atStake(money) : (moneySaved ? texts.saved : texts.lost)(money)}
        </dt>
        <dd>
          <small>
            {texts.moneyGone} {formats.timeShort(Date.parse(result.moneyGoneAt))}
          </small>
        </dd>
      </div>
      <div>
        <dt>{texts.orders(formats.number(orders))}</dt>
        {drivenKm !== null && (
          <dd>
            <small>{texts.driven(formats.number(drivenKm, 1))}</small>
          </dd>
        )}
      </div>
    </dl>
  );
}

/** Nobody knows what would have come of her money. */
const wasBrokenOff = ({ ending }: TrainingResult): boolean => ending === 'stopped' || ending === 'restarted';

function Steps({ result }: { result: TrainingResult }) {
  const texts = useTexts(simulatorTexts).results;
  const formats = useFormats();
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th>{texts.step}</th>
          <th>{texts.after}</th>
          <th>{texts.since}</th>
        </tr>
      </thead>
      <tbody>
        {stepsOf(result).map(({ name, afterS, sinceS }) => (
          <tr key={name}>
            <th>{texts.steps[name]}</th>
            <td>{afterS === null ? texts.never : formats.clockAge(afterS)}</td>
            <td>{sinceS === null ? '' : `+${formats.clockAge(sinceS)}`}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Searches({ result }: { result: TrainingResult }) {
  const texts = useTexts(simulatorTexts).results;
  const formats = useFormats();
  const outcomes: Readonly<Record<string, string>> = texts.outcomes;
  const time = (at: string | null) => (at === null ? '' : formats.time(Date.parse(at)));
  return (
    <section aria-label={texts.searches}>
      <h3>{texts.searches}</h3>
      <div className={styles.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              {[texts.crew, texts.target, texts.ordered, texts.arrived, texts.outcome].map(name => (
                <th key={name}>{name}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {result.searches.map(({ callsign, target, orderedAt, arrivedAt, outcome }) => (
              <tr key={`${callsign} ${orderedAt}`} data-outcome={outcome}>
                <th>{callsign}</th>
                <td>{target}</td>
                <td>{time(orderedAt)}</td>
                <td>{time(arrivedAt)}</td>
                <td>{outcomes[outcome] ?? outcome}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
