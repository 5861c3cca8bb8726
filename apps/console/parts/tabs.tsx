import type { ReactNode } from 'react';
import classes from './tabs.module.css';

interface TabsProps {
  readonly label: string;
  /** Links: where one is belongs to the address. */
  readonly children: ReactNode;
}

/** The class of each link of a row of tabs; the one that is shown has `aria-current`. */
export const tab = classes.tab;

/** A row of tabs. */
export function Tabs({ label, children }: TabsProps) {
  return (
    <nav className={classes.tabs} aria-label={label}>
      {children}
    </nav>
  );
}

/** How many there are, beside the name of a tab. */
export function TabCount({ children }: { readonly children: number }) {
  return <span className={classes.count}>{children}</span>;
}
