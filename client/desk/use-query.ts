import { useCallback, useEffect, useState } from 'react';

export interface Query<T> {
  data: T | undefined;
  error: unknown;
  /** Asks again; the old answer stays until the new one is there. */
  reload: () => void;
}

/**
 * The answer to a question of the server, asked again when `key` changes. A null key asks nothing.
 * The last answer is dropped when the key changes, since it was about something else.
 */
export function useQuery<T>(key: string | null, ask: (signal: AbortSignal) => Promise<T>): Query<T> {
  const [state, setState] = useState<{ key: string | null; data?: T; error?: unknown }>({ key: null });
  const [round, setRound] = useState(0);
  const reload = useCallback(() => setRound(before => before + 1), []);
  useEffect(() => {
    if (key === null) return;
    const abort = new AbortController();
    ask(abort.signal).then(
      data => !abort.signal.aborted && setState({ key, data }),
      error =>
        !abort.signal.aborted && setState(before => ({ ...(before.key === key && before), key, error })),
    );
    return () => abort.abort();
    // `ask` is what `key` says; it need not be the same function at every render.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [key, round]);
  const current = state.key === key;
  return { data: current ? state.data : undefined, error: current ? state.error : undefined, reload };
}
