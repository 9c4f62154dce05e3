import { Component, type ReactNode } from 'react';
import { useT } from '../i18n/use-t.ts';
import { Notice } from './notice.tsx';

/** A browser without WebGL2 loses the map, not the page: queue, incident and actions go on working. */
export class MapBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render(): ReactNode {
    return this.state.failed ? <NoMap /> : this.props.children;
  }
}

function NoMap() {
  const t = useT();
  return <Notice icon="warning" title={t.tools.mapFailed} full />;
}
