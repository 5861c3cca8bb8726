import { unreachable } from '#domain/kernel';
import type { Notice } from './document.ts';

/** The sentence an account reads; `subject` is the share's name, or its own label of the connection. */
export function noticeText({ kind, installations = 0, reason }: Notice, subject: string): string {
  const because = reason === undefined ? '.' : `: ${reason}`;
  switch (kind) {
    case 'connection-active':
      return `The connection “${subject}” is active.`;
    case 'connection-ended':
      return `The connection “${subject}” was ended by the other side.`;
    case 'share-requested':
      return `You are asked for the share “${subject}”.`;
    case 'share-cancelled':
      return `The request for the share “${subject}” was cancelled.`;
    case 'share-rejected':
      return `Your request for the share “${subject}” was rejected${because}`;
    case 'share-available':
      return `The share “${subject}” is available: ${counted(installations)} to process.`;
    case 'share-processed':
      return `The share “${subject}” has been processed.`;
    case 'share-partly-revoked':
      return `Access to ${counted(installations)} of the share “${subject}” was revoked${because}`;
    case 'share-revoked':
      return `The share “${subject}” was revoked${because}`;
    case 'access-withdrawn':
      return `Access to ${counted(installations)} of the share “${subject}” ended: its giver lost it.`;
    case 'access-returned':
      return `Access to ${counted(installations)} of the share “${subject}” was given back.`;
    default:
      return unreachable(kind);
  }
}

function counted(installations: number): string {
  return installations === 1 ? '1 installation' : `${installations} installations`;
}
