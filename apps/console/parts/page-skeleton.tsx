import { Skeleton } from '@mantine/core';
import classes from './page.module.css';

/** Of the shape of a page about one thing. */
export function PageSkeleton() {
  return (
    <div className={classes.skeleton} aria-busy>
      <Skeleton height={12} width={60} />
      <Skeleton height={24} width="40%" />
      <Skeleton height={12} width="24%" />
      <Skeleton height={72} mt={16} />
      <Skeleton height={160} mt={16} />
    </div>
  );
}
