import type { ReactNode } from 'react';
import classes from './toolbar.module.css';

/** The search and the filters above a list. */
export function Toolbar({ children }: { readonly children: ReactNode }) {
  return <div className={classes.toolbar}>{children}</div>;
}
