import type { Command, Instant } from '#domain/kernel';

/** The moment of every command that names none. */
export const noon: Instant = '2026-01-01T12:00:00.000Z';

/** Writes the commands of one kind of stream: who asks, what, and when. Roles are of no concern to a decider. */
export function asking<C extends Command>() {
  return <Type extends C['type']>(
    account: string,
    type: Type,
    data: Extract<C, { type: Type }>['data'],
    now: Instant = noon,
  ): Extract<C, { type: Type }> =>
    ({
      id: '019b7960-1e00-7000-8000-000000000000',
      type,
      data,
      actor: { account, user: 'someone', roles: [] },
      now,
    }) as unknown as Extract<C, { type: Type }>;
}
