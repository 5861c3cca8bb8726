import { derivedId } from '#application/core';

/** The id of the grant that becomes live when an installation of a share is placed: always the same for one item. */
export function grantIdOf(shareId: string, installationId: string): string {
  return derivedId(shareId, 'grant', installationId);
}
