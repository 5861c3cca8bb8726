import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import {
  type Icon,
  IconArrowsExchange,
  IconBuildingStore,
  IconHistory,
  IconHome,
  IconInbox,
  IconPlugConnected,
  IconSettings,
  IconUsers,
} from '@tabler/icons-react';
import type { LinkProps } from '@tanstack/react-router';

export interface Place {
  readonly to: NonNullable<LinkProps['to']>;
  readonly name: MessageDescriptor;
  readonly icon: Icon;
  /** Pressed after `g`. */
  readonly key: string;
  /** Whether it stands in the bar of a phone, where there is room for four; the others are in the account's menu. */
  readonly onPhone: boolean;
}

/** Where the navigation leads, in its order. */
export const PLACES: readonly Place[] = [
  { to: '/', name: msg`Home`, icon: IconHome, key: 'h', onPhone: true },
  { to: '/inbox', name: msg`Inbox`, icon: IconInbox, key: 'i', onPhone: true },
  { to: '/shares', name: msg`Shares`, icon: IconArrowsExchange, key: 's', onPhone: true },
  { to: '/catalogue', name: msg`Catalogue`, icon: IconBuildingStore, key: 'm', onPhone: true },
  { to: '/connections', name: msg`Connections`, icon: IconPlugConnected, key: 'c', onPhone: false },
  { to: '/access', name: msg`Access`, icon: IconUsers, key: 'w', onPhone: false },
  { to: '/audit', name: msg`Audit`, icon: IconHistory, key: 'a', onPhone: false },
  { to: '/settings', name: msg`Settings`, icon: IconSettings, key: ',', onPhone: false },
];
