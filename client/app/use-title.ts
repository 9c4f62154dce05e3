import { useEffect } from 'react';
import { useT } from '../i18n/use-t.ts';

/** Names the page in the browser's title. */
export function useTitle(page: string): void {
  const t = useT();
  const title = t.document(page);
  useEffect(() => {
    document.title = title;
  }, [title]);
}
