import { timeInWords, whyRefused } from '#contracts';
import { type Instant, unreachable } from '#domain/kernel';
import type { DisablingReason } from '#domain/webhook';
import type { NoticeDetails } from '#projections/inbox';

/** The names in a sentence, as its reader knows them. */
export interface NoticeNames {
  /** The account that acted. */
  readonly who: string;
  readonly share?: string;
  /** The reader's own label of the connection (R-C1). */
  readonly connection?: string;
  /** The description of the webhook. */
  readonly webhook?: string;
}

/** Who did what to which share, and along which connection (R-S3). */
export function noticeText(
  { kind, following, installations = 0, reason, refusal, disabled, until }: Omit<NoticeDetails, 'by'>,
  { who, share = '', connection, webhook }: NoticeNames,
): string {
  const because = reason === undefined ? '.' : `: ${reason}`;
  const link = connection === undefined ? 'the connection' : `the connection “${connection}”`;
  const along = connection === undefined ? '' : `, along ${link}`;
  const some = installations === 1 ? '1 installation' : `${installations} installations`;
  const ended = following === 'connection-ended' ? `${who} ended ${link} and` : undefined;
  switch (kind) {
    case 'connection-active':
      return `${who} authenticated ${link}: it is active.`;
    case 'connection-ended':
      return `${who} ended ${link}.`;
    case 'share-requested':
      return `${who} asks for the share “${share}”${along}.`;
    case 'share-cancelled':
      return ended
        ? `${ended} so cancelled the request for the share “${share}”.`
        : `${who} cancelled the request for the share “${share}”${along}.`;
    case 'share-rejected':
      return `${who} rejected the request for the share “${share}”${along}${because}`;
    case 'share-available':
      return `${who} made the share “${share}” available${along}: ${some} to process.`;
    case 'share-processed':
      return `${who} processed the share “${share}”${along}.`;
    case 'share-partly-revoked':
      return ended
        ? `${ended} revoked access to ${some} of the share “${share}”${because}`
        : `${who} revoked access to ${some} of the share “${share}”${along}${because}`;
    case 'share-revoked':
      if (ended) return `${ended} revoked the share “${share}”${because}`;
      return following === 'access-lost'
        ? `The share “${share}”${along && `${along},`} came to its end: its giver lost its own access by a decision of ${who}${because}`
        : `${who} revoked the share “${share}”${along}${because}`;
    case 'share-extended':
      return `${who} extended the share “${share}”${along}: access ends at ${timeInWords(until ?? '')}.`;
    case 'share-expiring':
      return `Access by the share “${share}”${along && `${along},`} ends at ${timeInWords(until ?? '')}.`;
    case 'share-expired':
      return `The share “${share}”${along && `${along},`} ended at ${timeInWords(until ?? '')}, as agreed: access to ${some} ended.`;
    case 'access-withdrawn':
      return `Access to ${some} of the share “${share}”${along && `${along},`} ended: its giver lost its own by a decision of ${who}.`;
    case 'access-returned':
      return `${who} gave back access to ${some} of the share “${share}”${along}.`;
    case 'access-refused':
      return `Access to ${some} of the share “${share}”${along && `${along},`} could not begin${refusal && `: ${whyRefused(refusal)}`}.`;
    case 'webhook-disabled':
      return `${webhook === undefined ? 'A webhook' : `The webhook “${webhook}”`} was disabled${disabled && `: ${whyDisabled(disabled)}`}. What happens is delivered once it is enabled again.`;
    default:
      return unreachable(kind);
  }
}

function whyDisabled({
  reason,
  since,
}: {
  readonly reason: DisablingReason;
  readonly since?: Instant;
}): string {
  switch (reason) {
    case 'asked':
      return 'somebody asked for that';
    case 'failing':
      return `every delivery failed${since === undefined ? '' : ` since ${timeInWords(since)}`}`;
    case 'gone':
      return 'its receiver answered that it is gone (410)';
    default:
      return unreachable(reason);
  }
}
