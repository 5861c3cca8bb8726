import { Trans } from '@lingui/react/macro';
import { Button, Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { Fragment, type ReactNode } from 'react';
import classes from './action-menu.module.css';

/** Something that the service decides about, among others beside the one that is done most. */
export interface MenuAction {
  readonly name: ReactNode;
  /** Whether the service lists it among the allowed actions. */
  readonly allowed: boolean;
  /** Why not; in general words unless given. */
  readonly because?: ReactNode;
  readonly onClick: () => void;
}

interface ActionMenuProps {
  readonly actions: readonly MenuAction[];
  /** Those that end something. */
  readonly severe: readonly MenuAction[];
}

/** What else can be done. What is not allowed stays to be found, and says why. */
export function ActionMenu({ actions, severe }: ActionMenuProps) {
  return (
    <Menu position="bottom-end" width={260} shadow="md">
      <Menu.Target>
        <Button variant="default" rightSection={<IconChevronDown size={16} aria-hidden />}>
          <Trans>More</Trans>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Items actions={actions} />
        <Menu.Divider />
        <Items actions={severe} color="var(--mantine-color-error)" />
      </Menu.Dropdown>
    </Menu>
  );
}

interface ItemsProps {
  readonly actions: readonly MenuAction[];
  readonly color?: string;
}

function Items({ actions, color }: ItemsProps) {
  return actions.map(({ name, allowed, because, onClick }, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: its place is what it is
    <Fragment key={at}>
      {allowed ? (
        <Menu.Item c={color} onClick={onClick}>
          {name}
        </Menu.Item>
      ) : (
        <Menu.Item className={classes.item} aria-disabled closeMenuOnClick={false}>
          {name}
          <span className={classes.why}>
            {because ?? <Trans>Not possible now, or not for your role.</Trans>}
          </span>
        </Menu.Item>
      )}
    </Fragment>
  ));
}
