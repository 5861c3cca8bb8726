import { Required, uuid } from './declare.ts';
import type { CommandData } from './shapes.ts';

export class ReadNotificationData implements CommandData<'ReadNotification'> {
  @Required(uuid) readonly notificationId!: string;
}

export class ReadAllNotificationsData implements CommandData<'ReadAllNotifications'> {}
