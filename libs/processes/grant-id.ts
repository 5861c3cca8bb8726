import { derivedId } from '#application/core';

/** The id of the grant that placing an installation of a share makes live: an item has one, whoever asks. */
export function grantIdOf(shareId: string, installationId: string): string {
  return derivedId(shareId, 'grant', installationId);
}
