import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import {
  type Icon,
  IconArrowsExchange,
  IconBuildingStore,
  IconBuildings,
  IconHistory,
  IconHome,
  IconInbox,
  IconPlugConnected,
  IconSettings,
  IconUsers,
} from '@tabler/icons-react';
import type { LinkProps } from '@tanstack/react-router';
import { PLATFORM_ROLES } from '../session/development.ts';
import type { Session } from '../session/session.ts';

export interface Place {
  readonly to: NonNullable<LinkProps['to']>;
  /** Where what is found there has its own addresses. */
  readonly alsoAt?: string;
  readonly name: MessageDescriptor;
  readonly icon: Icon;
  /** Pressed after `g`. */
  readonly key: string;
  /** Whether it is in the bar of a phone, where there is room for four; the others are in the account's menu. */
  readonly onPhone: boolean;
  readonly isFor: (session: Session) => boolean;
}

const members: Place['isFor'] = ({ account }) => account !== undefined;
const auditors: Place['isFor'] = ({ roles }) => roles.includes('auditor');
const thoseOfThePlatform: Place['isFor'] = ({ roles }) => PLATFORM_ROLES.some((role) => roles.includes(role));

/** Where the navigation leads, in its order. */
const PLACES: readonly Place[] = [
  { to: '/', name: msg`Home`, icon: IconHome, key: 'h', onPhone: true, isFor: members },
  { to: '/inbox', name: msg`Inbox`, icon: IconInbox, key: 'i', onPhone: true, isFor: members },
  { to: '/shares', name: msg`Shares`, icon: IconArrowsExchange, key: 's', onPhone: true, isFor: members },
  {
    to: '/catalogue',
    alsoAt: '/installations',
    name: msg`Catalogue`,
    icon: IconBuildingStore,
    key: 'm',
    onPhone: true,
    isFor: members,
  },
  {
    to: '/connections',
    name: msg`Connections`,
    icon: IconPlugConnected,
    key: 'c',
    onPhone: false,
    isFor: members,
  },
  { to: '/access', name: msg`Access`, icon: IconUsers, key: 'w', onPhone: false, isFor: members },
  {
    to: '/companies',
    name: msg`Companies`,
    icon: IconBuildings,
    key: 'o',
    onPhone: false,
    isFor: thoseOfThePlatform,
  },
  {
    to: '/audit',
    name: msg`Audit`,
    icon: IconHistory,
    key: 'a',
    onPhone: false,
    isFor: (session) => members(session) || auditors(session),
  },
  { to: '/settings', name: msg`Settings`, icon: IconSettings, key: ',', onPhone: false, isFor: members },
];

/** Where somebody may go. */
export function placesOf(session: Session): readonly Place[] {
  return PLACES.filter(({ isFor }) => isFor(session));
}

/** Whether it is in the bar of a phone: there is room for all places of whoever is a member of no company. */
export function isOnPhone({ onPhone }: Place, { account }: Session): boolean {
  return onPhone || account === undefined;
}

/** Whether that is the address of something that is found in a place, and is elsewhere. */
export function isFoundIn(path: string, { alsoAt }: Place): boolean {
  return alsoAt !== undefined && leadsTo(path, alsoAt);
}

/** Whether that is the address of a place, or of something in it. */
export function leadsTo(path: string, place: string): boolean {
  return path === place || (place !== '/' && path.startsWith(`${place}/`));
}
