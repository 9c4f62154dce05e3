import { useNow } from '../clock/use-now.ts';
import { Queue } from '../desk/queue.tsx';
import { replayTexts } from '../i18n/sections/replay.ts';
import { useFormats, useTexts } from '../i18n/use-t.ts';
import { useLive } from '../store/live.ts';
import { unitsOnDuty } from '../store/selectors.ts';
import styles from './replay-page.module.css';

interface CentreProps {
  chosen: string | null;
  onChoose: (incidentId: string | null) => void;
}

/** What the centre had open at the moment, and who was on duty; one of the incidents can be looked into. */
export function Centre({ chosen, onChoose }: CentreProps) {
  const texts = useTexts(replayTexts);
  const formats = useFormats();
  const units = useLive(live => live.world.units);
  const { onDuty, available } = unitsOnDuty(units, useNow());
  return (
    <div className={styles.centre} data-chosen={chosen !== null || undefined}>
      <Queue selectedId={chosen} onChoose={onChoose} />
      <small>{texts.unitsThen(formats.number(onDuty), formats.number(available))}</small>
    </div>
  );
}
