import type { Revision } from '#event-store';

/** The revision that the caller expected (`If-Match`) is no longer the stream's. */
export class StaleRevision extends Error {
  override readonly name = 'StaleRevision';
  constructor(readonly actual: Revision | 'none') {
    super(
      actual === 'none'
        ? 'Nothing exists under this id yet, so it has no revision.'
        : `It has changed: its current revision is ${actual}.`,
    );
  }
}

/** The same command id came with another body. */
export class CommandIdReused extends Error {
  override readonly name = 'CommandIdReused';
  constructor(readonly commandId: string) {
    super('This idempotency key was used before, for a different request.');
  }
}

/** Other writers kept appending first, or too many commands are waiting for this stream; nothing was recorded. */
export class StreamContended extends Error {
  override readonly name = 'StreamContended';
  constructor(readonly stream: string) {
    super('Too many changes are being made to this at the same time. Nothing was recorded; try again.');
  }
}

/** There is no command of that type. */
export class UnknownCommand extends Error {
  override readonly name = 'UnknownCommand';
  constructor(readonly type: string) {
    super(`There is no command ${type}.`);
  }
}
