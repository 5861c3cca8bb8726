import { Controller, Delete, Get, Param, Patch, Post } from '@nestjs/common';
import { GetWebhook, ListDeliveries, ListWebhooks } from '#application';
import type { PublicCommandType } from '#contracts/commands';
import type { Path } from '../http/command-data.ts';
import { type Exchange, Http } from '../http/exchange.ts';
import { listRequest, oneOf } from '../http/list-request.ts';
import { Reads } from '../http/reads.ts';
import { Writes, written } from '../http/writes.ts';
import { Does, Lists, Shows } from '../openapi/describe.ts';

const FILTERS = { status: oneOf('pending', 'delivered', 'failed') };

/** The webhooks of an account. */
@Controller('v1/webhooks')
export class WebhooksController {
  constructor(
    private readonly writes: Writes,
    private readonly reads: Reads,
  ) {}

  @Post()
  @Does('RegisterWebhook', [], { answers: 'WebhookSecretIssued' })
  register(@Http() http: Exchange) {
    return this.withSecret(http, 'RegisterWebhook');
  }

  @Get()
  @Lists('WebhookView', { summary: 'The webhooks of the account, the oldest first.' })
  list(@Http() http: Exchange) {
    const { page } = listRequest(http, {});
    return this.reads.answer(http, new ListWebhooks(http.caller, page));
  }

  @Get(':id')
  @Shows('WebhookView', { summary: 'A webhook of the account, without its secret.' })
  get(@Http() http: Exchange, @Param('id') webhookId: string) {
    return this.reads.answer(http, new GetWebhook(http.caller, webhookId));
  }

  @Patch(':id')
  @Does('ChangeWebhook', ['webhookId'])
  change(@Http() http: Exchange, @Param('id') webhookId: string) {
    return this.writes.send(http, 'ChangeWebhook', { webhookId });
  }

  @Delete(':id')
  @Does('RemoveWebhook', ['webhookId'])
  remove(@Http() http: Exchange, @Param('id') webhookId: string) {
    return this.writes.send(http, 'RemoveWebhook', { webhookId });
  }

  @Post(':id/rotate')
  @Does('RotateWebhookSecret', ['webhookId'], { answers: 'WebhookSecretIssued' })
  rotate(@Http() http: Exchange, @Param('id') webhookId: string) {
    return this.withSecret(http, 'RotateWebhookSecret', { webhookId });
  }

  @Post(':id/test')
  @Does('TestWebhook', ['webhookId'], { answers: 'WebhookTested', status: 202 })
  async test(@Http() http: Exchange, @Param('id') webhookId: string) {
    const answer = await this.writes.sendForAnswer(http, 'TestWebhook', { webhookId });
    return { ...written(answer), deliveryId: answer.deliveryId };
  }

  @Post(':id/replay')
  @Does('ReplayWebhook', ['webhookId'], { status: 202 })
  replay(@Http() http: Exchange, @Param('id') webhookId: string) {
    return this.writes.send(http, 'ReplayWebhook', { webhookId });
  }

  @Get(':id/deliveries')
  @Lists('DeliveryView', {
    summary: 'The deliveries of a webhook in the last 30 days, and their results; the newest first.',
    filters: FILTERS,
  })
  deliveries(@Http() http: Exchange, @Param('id') webhookId: string) {
    const { filter, page } = listRequest(http, FILTERS);
    return this.reads.answer(http, new ListDeliveries(http.caller, webhookId, filter.status, page));
  }

  @Post(':id/deliveries/:deliveryId/retry')
  @Does('RetryWebhookDelivery', ['webhookId', 'deliveryId'], { status: 202 })
  retry(@Http() http: Exchange, @Param('id') webhookId: string, @Param('deliveryId') deliveryId: string) {
    return this.writes.send(http, 'RetryWebhookDelivery', { webhookId, deliveryId });
  }

  private async withSecret(http: Exchange, type: PublicCommandType, path?: Path) {
    const answer = await this.writes.sendForAnswer(http, type, path);
    return { ...written(answer), secret: answer.secret };
  }
}
