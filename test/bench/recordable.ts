import { derivedId, newId } from '#application';
import { serialise, type TesseraEvent } from '#contracts';
import type { NewEvent } from '#event-store';

/** The event with the metadata of a command recorded at that moment. */
export function recordable(
  stream: string,
  event: TesseraEvent,
  account: string,
  at = '2026-01-01T00:00:00.000Z',
): NewEvent {
  const commandId = newId();
  const { type, data, schemaVersion } = serialise(event);
  return {
    id: derivedId(commandId, stream, 0),
    type,
    data,
    metadata: {
      at,
      actor: { account, user: 'bench', role: 'administrator' },
      commandId,
      commandHash: '47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU',
      $correlationId: commandId,
      $causationId: commandId,
      schemaVersion,
    },
  };
}
