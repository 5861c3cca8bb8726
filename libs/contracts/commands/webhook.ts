import { everyChangeType } from '../changes.ts';
import {
  Clearable,
  flag,
  line,
  list,
  Optional,
  oneOf,
  prose,
  Required,
  uuid,
  webAddress,
} from './declare.ts';
import type { CommandData } from './shapes.ts';

const types = list(oneOf(everyChangeType), { min: 1, max: everyChangeType.length, unique: true });

export class RegisterWebhookData implements CommandData<'RegisterWebhook'> {
  @Optional(uuid) readonly webhookId?: string;
  @Required(webAddress) readonly url!: string;
  @Optional(types) readonly types?: CommandData<'RegisterWebhook'>['types'];
  @Optional(prose(200)) readonly description?: string;
}

export class ChangeWebhookData implements CommandData<'ChangeWebhook'> {
  @Required(uuid) readonly webhookId!: string;
  @Optional(webAddress) readonly url?: string;
  @Clearable(types) readonly types?: CommandData<'ChangeWebhook'>['types'];
  @Clearable(prose(200)) readonly description?: string | null;
  @Optional(flag) readonly enabled?: boolean;
}

export class RotateWebhookSecretData implements CommandData<'RotateWebhookSecret'> {
  @Required(uuid) readonly webhookId!: string;
}

export class ReplayWebhookData implements CommandData<'ReplayWebhook'> {
  @Required(uuid) readonly webhookId!: string;
  @Required(line(12)) readonly cursor!: string;
}

export class TestWebhookData implements CommandData<'TestWebhook'> {
  @Required(uuid) readonly webhookId!: string;
}

export class RetryWebhookDeliveryData implements CommandData<'RetryWebhookDelivery'> {
  @Required(uuid) readonly webhookId!: string;
  @Required(uuid) readonly deliveryId!: string;
}

export class RemoveWebhookData implements CommandData<'RemoveWebhook'> {
  @Required(uuid) readonly webhookId!: string;
}
