import { Component, type ReactNode } from 'react';
import { Button } from '../ui/button.tsx';
import { useT } from '../i18n/use-t.ts';
import { Notice } from '../ui/notice.tsx';

/** Shows what went wrong instead of an empty page; a screen that nobody sits at starts itself again. */
export class CrashBoundary extends Component<{ children: ReactNode }, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override componentDidCatch(): void {
    if (location.pathname === '/wall') setTimeout(() => location.reload(), 10_000);
  }

  override render(): ReactNode {
    return this.state.error ? <Crashed error={this.state.error} /> : this.props.children;
  }
}

function Crashed({ error }: { error: Error }) {
  const t = useT();
  return (
    <Notice icon="warning" title={t.pages.crashed} hint={t.pages.crashedHint} full>
      <pre>{error.message}</pre>
      <Button variant="primary" onPress={() => location.reload()}>
        {t.link.reload}
      </Button>
    </Notice>
  );
}
