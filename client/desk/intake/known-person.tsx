import { useEffect, useState } from 'react';
import type { KnownReply } from '#contract/lines.ts';
import { fetchKnown } from '../../api/lines.ts';
import { lineTexts } from '../../i18n/sections/lines.ts';
import { useTexts } from '../../i18n/use-t.ts';
import { EarlierList } from '../loop/history.tsx';
import { useQuery } from '../use-query.ts';
import styles from './intake.module.css';

const settleMs = 400;
const phoneShape = /^\+?[0-9][0-9 -]{6,19}$/;

/** While an alert is typed: whether somebody with this number was warned before, and what came of it. */
export function KnownPerson({ phone }: { phone: string }) {
  const texts = useTexts(lineTexts);
  const typed = phone.trim();
  const [settled, setSettled] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setSettled(phoneShape.test(typed) ? typed : ''), settleMs);
    return () => clearTimeout(timer);
  }, [typed]);
  const known = useQuery<KnownReply>(settled === '' ? null : settled, signal => fetchKnown(settled, signal));
  const name = known.data?.nameMasked;
  if (!known.data || !name || settled !== typed) return null;
  return (
    <div className={styles.known} role="status">
      <strong>{texts.knownPerson(name, known.data.items.length)}</strong>
      <EarlierList items={known.data.items} />
    </div>
  );
}
