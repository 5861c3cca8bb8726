import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './empty-state.module.css';

interface EmptyStateProps {
  readonly icon: Icon;
  readonly title: ReactNode;
  /** What this is, and what to do next. */
  readonly children: ReactNode;
  /** At most one button. */
  readonly action?: ReactNode;
}

/** An empty list, with an explanation of its contents. */
export function EmptyState({ icon: Icon, title, children, action }: EmptyStateProps) {
  return (
    <div className={classes.empty}>
      <Icon size={32} stroke={1.25} aria-hidden />
      <h2>{title}</h2>
      <p>{children}</p>
      {action}
    </div>
  );
}
