import styles from './clock-ring.module.css';

const radius = 8;
const circumference = 2 * Math.PI * radius;

/** What is left of a time, 1 to 0, as a ring that empties. Its colour is that of the text around it unless `--ring` says otherwise. */
export function ClockRing({ share }: { share: number }) {
  const left = Math.min(1, Math.max(0, share));
  return (
    <svg className={styles.ring} viewBox="0 0 20 20" aria-hidden>
      <circle cx="10" cy="10" r={radius} />
      <circle cx="10" cy="10" r={radius} strokeDasharray={`${left * circumference} ${circumference}`} />
    </svg>
  );
}
