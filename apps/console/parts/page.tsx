import { useLingui } from '@lingui/react/macro';
import { useMediaQuery } from '@mantine/hooks';
import { type ReactNode, useEffect } from 'react';
import classes from './page.module.css';

/** For a panel beside what is shown. */
const ROOM = '(min-width: 1400px)';

interface PageProps {
  /** Also of the browser's tab. */
  readonly title: string;
  readonly above?: ReactNode;
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
  /** Tables may be wider than text. */
  readonly wide?: boolean;
  /** The contents of another tab, beside the current one where there is room for both. */
  readonly side?: ReactNode;
  readonly children: ReactNode;
}

/** A screen: its name, what can be done, and what is there. */
export function Page({ title, above, lead, actions, wide, side, children }: PageProps) {
  const { t } = useLingui();
  const hasRoom = useMediaQuery(ROOM, window.matchMedia(ROOM).matches);
  useEffect(() => {
    document.title = t`${title} · Tessera`;
  }, [title, t]);
  return (
    <div className={classes.page} data-wide={wide} data-beside={side && hasRoom ? true : undefined}>
      {above}
      <header className={classes.header}>
        <div className={classes.name}>
          <h1>{title}</h1>
          {lead && <p>{lead}</p>}
        </div>
        {actions && <div className={classes.actions}>{actions}</div>}
      </header>
      {side && hasRoom ? (
        <div className={classes.beside}>
          <div className={classes.main}>{children}</div>
          <aside className={classes.side} aria-label={t`Details`}>
            {side}
          </aside>
        </div>
      ) : (
        children
      )}
    </div>
  );
}
