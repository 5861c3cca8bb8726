import type { Command, Instant } from '#domain/kernel';

/** The moment of every command that names none. */
export const noon: Instant = '2026-01-01T12:00:00.000Z';

/** Builds the commands of one kind of stream: by whom, what, and when. Deciders do not look at roles. */
export function commandsOf<C extends Command>() {
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
