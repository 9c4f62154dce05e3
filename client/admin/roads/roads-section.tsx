import { ClosureTable } from './closure-table.tsx';
import styles from './roads.module.css';
import { SpeedTable } from './speed-table.tsx';

/** What is closed now, and how fast one really drives. */
export function RoadsSection() {
  return (
    <div className={styles.page}>
      <ClosureTable />
      <SpeedTable />
    </div>
  );
}
