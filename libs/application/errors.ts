import type { Revision } from '#event-store';

/** The caller demanded a revision (`If-Match`) that is not the stream's any more. */
export class StaleRevision extends Error {
  override readonly name = 'StaleRevision';
  constructor(readonly actual: Revision | 'none') {
    super(
      actual === 'none'
        ? 'There is nothing of this id yet, at any revision.'
        : `It is at revision ${actual} now, not at the one you expect.`,
    );
  }
}

/** The same command id came with another body. */
export class CommandIdReused extends Error {
  override readonly name = 'CommandIdReused';
  constructor(readonly commandId: string) {
    super(`The command id ${commandId} was used for another command.`);
  }
}

/** Other writers were faster, time after time, or too many commands wait for their turn; nothing was recorded. */
export class StreamContended extends Error {
  override readonly name = 'StreamContended';
  constructor(readonly stream: string) {
    super('Too many changes are made to this at once. Nothing was recorded; try again.');
  }
}

/** There is no command of that type. */
export class UnknownCommand extends Error {
  override readonly name = 'UnknownCommand';
  constructor(readonly type: string) {
    super(`There is no command ${type}.`);
  }
}
