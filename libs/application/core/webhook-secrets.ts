import { createHmac } from 'node:crypto';

const KEY_BYTES = 32;

/** The secrets that sign deliveries of webhooks: derived each time they are needed, and stored nowhere. */
export class WebhookSecrets {
  /** @param key the deployment's, at least 32 bytes; the same wherever secrets are shown and used */
  constructor(private readonly key: Uint8Array) {
    if (key.length < KEY_BYTES) throw new Error(`The key of webhooks needs at least ${KEY_BYTES} bytes.`);
  }

  /** In the spelling of Standard Webhooks; always the same for the same webhook and id. */
  of(
    { account, webhookId }: { readonly account: string; readonly webhookId: string },
    secretId: string,
  ): string {
    const secret = createHmac('sha256', this.key)
      .update(`${account}/${webhookId}/${secretId}`)
      .digest('base64');
    return `whsec_${secret}`;
  }
}
