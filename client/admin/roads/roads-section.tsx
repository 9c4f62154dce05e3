import { adminTexts } from '../../i18n/sections/admin.ts';
import { useTexts } from '../../i18n/use-t.ts';
import { ClosureTable } from './closure-table.tsx';
import styles from './roads.module.css';
import { SpeedTable } from './speed-table.tsx';

/** What is closed now, and how fast one really drives. */
export function RoadsSection() {
  const { sections } = useTexts(adminTexts);
  return (
    <div className={styles.page}>
      <h2 className="visually-hidden">{sections.roads}</h2>
      <ClosureTable />
      <SpeedTable />
    </div>
  );
}
