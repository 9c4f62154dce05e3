import { lazy, Suspense, useState } from 'react';
import type { TaskState } from '#domain/task.ts';
import type { TaskView } from '../api/tasks.ts';
import { useNow } from '../clock/use-now.ts';
import { fieldTexts } from '../i18n/sections/field.ts';
import { useFormats, useT, useTexts } from '../i18n/use-t.ts';
import { Icon } from '../ui/icons/icon.tsx';
import styles from './field.module.css';
import { keepOnPhone, keptOnPhone } from './keep.ts';
import type { PhoneFix } from './own-place.ts';
import type { Way } from './use-way.ts';

const TaskMap = lazy(() => import('./task-map.tsx').then(module => ({ default: module.TaskMap })));

export interface TaskCardProps {
  task: TaskView;
  place: string;
  unitId: string;
  way: Way | null;
  fix: PhoneFix | null;
  onNavigate: () => void;
}

/** Where to look, how, why there, and how far it is. */
export function TaskCard({ task, place, unitId, way, fix, onNavigate }: TaskCardProps) {
  const t = useT();
  const texts = useTexts(fieldTexts);
  const formats = useFormats();
  const { target } = task;
  return (
    <article className={styles.card} data-state={task.state} aria-label={texts.ownTask}>
      <Steps state={task.state} />
      <h1 className={styles.place}>
        {target && <Icon name={`place-${target.kind}`} size="1.1em" />}
        {place}
      </h1>
      <p className={styles.what}>
        {target && <span>{t.placeKind[target.kind]}</span>}
        <span>{texts.how(t.sighting.method[task.method])}</span>
        <span>{texts.incidentNumber(task.incidentNumber)}</span>
      </p>
      <section className={styles.why} aria-label={texts.why}>
        <Icon name="info" />
        <p>{task.why ?? texts.noWhy}</p>
      </section>
      {task.needsSworn && (
        <p className={styles.warn}>
          <Icon name="warning" /> {texts.needsSworn}
        </p>
      )}
      {task.helpAt && (
        <p className={styles.warn} role="status">
          <Icon name="bell" /> {texts.helpCalled(formats.timeShort(Date.parse(task.helpAt)))}
        </p>
      )}
      {task.state === 'arrived' && task.arrivedAt ? (
        <p className={styles.away}>{texts.arrivedAt(formats.timeShort(Date.parse(task.arrivedAt)))}</p>
      ) : (
        <Away way={way} />
      )}
      {target && (
        <>
          <button type="button" className={styles.navigate} onClick={onNavigate}>
            <Icon name="route" size="1.4em" />
            {texts.navigate}
          </button>
          <Folded>
            <TaskMap task={task} unitId={unitId} way={way} fix={fix} />
          </Folded>
        </>
      )}
    </article>
  );
}

const steps = ['ordered', 'accepted', 'arrived'] as const;

function Steps({ state }: { state: TaskState }) {
  const texts = useTexts(fieldTexts);
  const at = steps.findIndex(step => step === state);
  return (
    <ol className={styles.steps}>
      {steps.map((step, index) => (
        <li
          key={step}
          data-done={index < at || undefined}
          {...(index === at && { 'aria-current': 'step' as const })}
        >
          {texts.steps[step]}
        </li>
      ))}
    </ol>
  );
}

function Away({ way }: { way: Way | null }) {
  const texts = useTexts(fieldTexts);
  const formats = useFormats();
  const now = useNow();
  if (!way) return <p className={styles.away}>{texts.noWay}</p>;
  const { distanceM, travelTimeS } = way.route;
  const ageS = Math.max(0, (now - way.fromAt) / 1000);
  return (
    <p className={styles.away}>
      <strong>{texts.away(formats.distance(distanceM), formats.minutes(travelTimeS))}</strong>
      <small>{texts.awayBasis(formats.age(ageS))}</small>
    </p>
  );
}

/** The map costs data and battery: it is loaded when it is wanted, and the phone remembers that. */
function Folded({ children }: { children: React.ReactNode }) {
  const t = useT();
  const texts = useTexts(fieldTexts);
  const [open, setOpen] = useState(() => keptOnPhone('map') === true);
  const toggle = () => {
    keepOnPhone('map', !open);
    setOpen(!open);
  };
  return (
    <>
      <button type="button" className={styles.fold} aria-expanded={open} onClick={toggle}>
        <Icon name={open ? 'chevronUp' : 'chevronDown'} />
        {open ? texts.hideMap : texts.showMap}
      </button>
      {open && (
        <div className={styles.map}>
          <Suspense fallback={<p className={styles.hint}>{t.loading}</p>}>{children}</Suspense>
        </div>
      )}
    </>
  );
}
