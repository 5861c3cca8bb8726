import type { Bson } from './wire.ts';

/** A client requested something that this server does not implement. */
export class Unsupported extends Error {
  override readonly name = 'Unsupported';
}

/** The error answer of a real server. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed';
  constructor(
    /** Missing with some servers that speak MongoDB's protocol: they answer with a message only. */
    readonly code: number | undefined,
    readonly codeName: string | undefined,
    message: string,
    readonly details: Bson = {},
  ) {
    super(message);
  }
}

/** @throws Unsupported there is a field that this server does not support */
export function onlyFields(what: string, value: Bson, known: readonly string[]): void {
  const unknown = Object.keys(value).find((field) => !known.includes(field));
  if (unknown !== undefined)
    throw new Unsupported(`${what} with ${unknown}: ${JSON.stringify(value[unknown])}`);
}
