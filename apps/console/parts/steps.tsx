import { Trans } from '@lingui/react/macro';
import { IconCheck, IconCircle, IconPointFilled, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './steps.module.css';
import { Time } from './time.tsx';

export interface Step {
  readonly key: string;
  readonly name: ReactNode;
  /** Done then; the first that is not done is the current one. */
  readonly at?: string;
  /** That it has happened ended the rest. */
  readonly ends?: boolean;
}

/** The steps of a life, in their order, with when each was taken. */
export function Steps({ label, steps }: { readonly label: string; readonly steps: readonly Step[] }) {
  const current = steps.findIndex(({ at }) => at === undefined);
  return (
    <ol className={classes.steps} aria-label={label}>
      {steps.map(({ key, name, at, ends }, index) => {
        const state = at !== undefined ? (ends ? 'ended' : 'done') : index === current ? 'current' : 'ahead';
        return (
          <li key={key} data-state={state} aria-current={state === 'current' ? 'step' : undefined}>
            <Mark state={state} />
            <span className={classes.name}>{name}</span>
            <span className={classes.when}>
              {at !== undefined && <Time at={at} />}
              {state === 'current' && <Trans>now</Trans>}
            </span>
          </li>
        );
      })}
    </ol>
  );
}

function Mark({ state }: { readonly state: 'done' | 'ended' | 'current' | 'ahead' }) {
  const Icon = { done: IconCheck, ended: IconX, current: IconPointFilled, ahead: IconCircle }[state];
  return (
    <span className={classes.mark} aria-hidden>
      <Icon size={state === 'ahead' ? 8 : 13} stroke={2.5} />
    </span>
  );
}
