import type { Bson } from './wire.ts';

/** A client asked for what this server does not do as the real one does. */
export class Unsupported extends Error {
  override readonly name = 'Unsupported';
}

/** An answer a real server gives when it refuses a command. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed';
  constructor(
    /** Some servers that speak MongoDB's protocol refuse with words only. */
    readonly code: number | undefined,
    readonly codeName: string | undefined,
    message: string,
    readonly details: Bson = {},
  ) {
    super(message);
  }
}

/** @throws Unsupported there is a field beyond those this server knows */
export function onlyFields(what: string, value: Bson, known: readonly string[]): void {
  const unknown = Object.keys(value).find((field) => !known.includes(field));
  if (unknown !== undefined)
    throw new Unsupported(`${what} with ${unknown}: ${JSON.stringify(value[unknown])}`);
}
