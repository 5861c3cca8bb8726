import { Skeleton } from '@mantine/core';
import classes from './share.module.css';

export function ShareSkeleton() {
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
