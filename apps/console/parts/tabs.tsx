import { createLink } from '@tanstack/react-router';
import { type AnchorHTMLAttributes, type ReactNode, type Ref, useEffect, useRef } from 'react';
import classes from './tabs.module.css';

interface TabsProps {
  readonly label: string;
  /** `TabLink`s: where one is belongs to the address. */
  readonly children: ReactNode;
}

/** A row of tabs. */
export function Tabs({ label, children }: TabsProps) {
  const row = useRef<HTMLElement>(null);
  // Where they do not all fit, the one that is shown is in sight.
  useEffect(() => {
    row.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  });
  return (
    <nav ref={row} className={classes.tabs} aria-label={label}>
      {children}
    </nav>
  );
}

interface TabProps extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'aria-current' | 'className'> {
  readonly ref?: Ref<HTMLAnchorElement>;
  /** Whether it is the one that is shown, whatever else the address says. */
  readonly shown: boolean;
  /** What it is one of. */
  readonly of?: 'page' | 'step' | 'true';
}

/** One of a row of tabs. */
export const TabLink = createLink(({ shown, of = 'page', ...anchor }: TabProps) => (
  <a {...anchor} className={classes.tab} aria-current={shown ? of : undefined} />
));

/** How many there are, beside the name of a tab. */
export function TabCount({ children }: { readonly children: number }) {
  return <span className={classes.count}>{children}</span>;
}
