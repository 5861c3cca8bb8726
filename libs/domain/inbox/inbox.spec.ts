import { describe, it } from '@jest/globals';
import { commandsOf, scenario } from '#domain/kernel/testing';
import type { InboxCommand, InboxEvent } from './index.ts';
import { inbox } from './index.ts';

const ask = commandsOf<InboxCommand>();
const read = (notificationId: string): InboxEvent => ({
  type: 'NotificationRead',
  data: { account: 'frost', notificationId },
});
const allRead: InboxEvent = { type: 'AllNotificationsRead', data: { account: 'frost' } };
const given = scenario(inbox).given;

const readOne = ask('frost', 'ReadNotification', { notificationId: 'n1' });

describe('reading a notification', () => {
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
  it('R-S3 marks everything in the inbox as read', () => {
    given(read('n1'), allRead)
      .when(ask('frost', 'ReadAllNotifications', {}), {})
      .then(allRead);
  });

  it('need not remember those that were read one by one before', () => {
    given(read('n1'), allRead).when(readOne, { isThere: true }).then(read('n1'));
  });
});
