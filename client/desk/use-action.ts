import { useState } from 'react';
import { errorText } from '../api/error-text.ts';
import { useT } from '../i18n/use-t.ts';

export interface Action {
  busy: boolean;
  /** What went wrong last time, in words. */
  problem: string | null;
  /** Runs one at a time; resolves to whether it succeeded. */
  run: (work: () => Promise<unknown>) => Promise<boolean>;
  clear: () => void;
}

/** Something that a button does on the server: busy while it runs, with its failure in words. */
export function useAction(): Action {
  const t = useT();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  async function run(work: () => Promise<unknown>): Promise<boolean> {
    if (busy) return false;
    setBusy(true);
    setProblem(null);
    try {
      await work();
      return true;
    } catch (error) {
      setProblem(errorText(error, t));
      return false;
    } finally {
      setBusy(false);
    }
  }
  return { busy, problem, run, clear: () => setProblem(null) };
}
