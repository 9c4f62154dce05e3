import type { ReactNode } from 'react';
import { navigate } from './router.ts';

interface LinkProps {
  to: string;
  /** It is the page that is shown. */
  current?: boolean;
  children: ReactNode;
}

/** To another page of the product, without loading the document again. */
export function Link({ to, current = false, children }: LinkProps) {
  return (
    <a
      href={to}
      aria-current={current ? 'page' : undefined}
      onClick={click => {
        click.preventDefault();
        navigate(to);
      }}
    >
      {children}
    </a>
  );
}
