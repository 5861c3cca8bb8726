import { useLingui } from '@lingui/react/macro';
import { Children, type ReactNode } from 'react';
import classes from './breadcrumbs.module.css';

/** The way down to this screen: a link for each thing that it is within. */
export function Breadcrumbs({ children }: { readonly children: ReactNode }) {
  const { t } = useLingui();
  return (
    <nav aria-label={t`Where this is`}>
      <ol className={classes.crumbs}>
        {Children.toArray(children).map((crumb, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: its place is what it is
          <li key={at}>{crumb}</li>
        ))}
      </ol>
    </nav>
  );
}
