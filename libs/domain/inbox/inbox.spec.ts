import { describe, it } from '@jest/globals';
import { commandsOf, scenario } from '#domain/kernel/testing';
import type { InboxCommand, InboxEvent } from './index.ts';
import { inbox } from './index.ts';

const ask = commandsOf<InboxCommand>();
const read = (notificationId: string): InboxEvent => ({
  type: 'NotificationRead',
  data: { account: 'frost', notificationId },
});
const allRead = (upTo: number): InboxEvent => ({
  type: 'AllNotificationsRead',
  data: { account: 'frost', upTo },
});
const given = scenario(inbox).given;

describe('reading a notification', () => {
  const readOne = ask('frost', 'ReadNotification', { notificationId: 'n1' });

  it('R-S3 marks it as read', () => {
    given(read('n2')).when(readOne, { isThere: true }).then(read('n1'));
  });

  it('changes nothing the second time', () => {
    given(read('n1'), read('n2')).when(readOne, { isThere: true }).thenNothing();
  });

  it('does not find a notification of another account', () => {
    given().when(readOne, { isThere: false }).thenRefused('not-found', 'not-found');
  });
});

describe('reading all notifications', () => {
  const readAll = ask('frost', 'ReadAllNotifications', {});

  it('R-S3 marks everything in the inbox as read', () => {
    given(allRead(7)).when(readAll, { upTo: 12 }).then(allRead(12));
  });

  it('changes nothing the second time', () => {
    given(allRead(12)).when(readAll, { upTo: 12 }).thenNothing();
  });

  it('changes nothing in an empty inbox', () => {
    given().when(readAll, { upTo: 0 }).thenNothing();
  });

  it('never marks as unread what was read', () => {
    given(allRead(12)).when(readAll, { upTo: 7 }).thenNothing();
  });
});
