import type { Webhook } from '../../api/queries.ts';

export interface WebhookDialogProps {
  readonly webhook: Webhook;
  readonly onClose: () => void;
}
