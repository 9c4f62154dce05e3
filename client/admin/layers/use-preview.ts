import { useEffect, useRef, useState } from 'react';
import type { Crs } from '#contract/common.ts';
import type { LayerName } from '#contract/layer-columns.ts';
import type { PreviewReply } from '#contract/layer.ts';
import { previewLayer } from '../../api/layers.ts';

export interface Preview {
  file: File | null;
  crs: Crs;
  sheet: string;
  busy: boolean;
  shown: PreviewReply | null;
  /** Why the file could not be read at all. */
  error: unknown;
  /** Reads the file again with this changed. */
  change: (choice: Partial<Choice>) => void;
  discard: () => void;
}

interface Choice {
  file: File | null;
  crs: Crs;
  sheet: string;
}

const nothing: Choice = { file: null, crs: 'wgs84', sheet: '' };

/** The file that is being looked at. Only the answer to the last question counts. */
export function usePreview(layer: LayerName): Preview {
  const [choice, setChoice] = useState(nothing);
  const [state, setState] = useState<{ busy: boolean; shown: PreviewReply | null; error: unknown }>(idle);
  const asking = useRef<AbortController | null>(null);
  useEffect(() => () => asking.current?.abort(), []);

  async function read(next: Choice): Promise<void> {
    asking.current?.abort();
    if (!next.file) return setState(idle);
    const abort = new AbortController();
    asking.current = abort;
    setState(before => ({ ...before, busy: true, error: undefined }));
    try {
      const shown = await previewLayer({ layer, ...next, file: next.file }, abort.signal);
      setState({ busy: false, shown, error: undefined });
    } catch (error) {
      if (!abort.signal.aborted) setState({ busy: false, shown: null, error });
    }
  }

  const change = (part: Partial<Choice>) => {
    const next = { ...choice, ...part };
    setChoice(next);
    void read(next);
  };
  return { ...choice, ...state, change, discard: () => change({ file: null, sheet: '' }) };
}

const idle = { busy: false, shown: null, error: undefined };
