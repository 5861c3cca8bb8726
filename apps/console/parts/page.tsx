import { useLingui } from '@lingui/react/macro';
import { type ReactNode, useEffect } from 'react';
import classes from './page.module.css';

interface PageProps {
  /** Also of the browser's tab. */
  readonly title: string;
  readonly above?: ReactNode;
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
  /** Tables may be wider than text. */
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** A screen: its name, what can be done, and what is there. */
export function Page({ title, above, lead, actions, wide, children }: PageProps) {
  const { t } = useLingui();
  useEffect(() => {
    document.title = t`${title} · Tessera`;
  }, [title, t]);
  return (
    <div className={classes.page} data-wide={wide}>
      {above}
      <header className={classes.header}>
        <div className={classes.name}>
          <h1>{title}</h1>
          {lead && <p>{lead}</p>}
        </div>
        {actions && <div className={classes.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}
