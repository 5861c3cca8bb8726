import { useLingui } from '@lingui/react/macro';
import { Button, type ButtonProps, Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';

interface ActionButtonProps extends ButtonProps {
  /** Whether the service lists it among the allowed actions. */
  readonly allowed: boolean;
  /** Why not, shown on focus and hover; a general text by default. */
  readonly because?: string;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

/** A button of an action that the service may not allow: it is then disabled, with the reason. */
export function ActionButton({ allowed, because, onClick, children, ...look }: ActionButtonProps) {
  const { t } = useLingui();
  if (allowed) {
    return (
      <Button {...look} onClick={onClick}>
        {children}
      </Button>
    );
  }
  return (
    <Tooltip
      label={because ?? t`Not possible now, or not for your role.`}
      events={{ hover: true, focus: true, touch: true }}
    >
      <Button {...look} aria-disabled data-disabled onClick={(event) => event.preventDefault()}>
        {children}
      </Button>
    </Tooltip>
  );
}
