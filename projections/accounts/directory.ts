import type { AccountKind } from '#domain/account';
import type { ViewReader } from '#view-store';
import { accounts } from './document.ts';

/** An account as another one sees it. */
export interface Counterparty {
  readonly id: string;
  readonly name: string;
  /** Absent where the directory does not know the account, or not yet. */
  readonly kind?: AccountKind;
}

/** The accounts of these ids, by id; one the directory does not know yet is absent. */
export async function counterparties(
  views: ViewReader,
  ids: Iterable<string>,
): Promise<ReadonlyMap<string, Counterparty>> {
  const found = await views.getMany(accounts, [...new Set(ids)]);
  return new Map(
    found.flatMap((account) =>
      account === undefined ? [] : [[account.id, { id: account.id, name: account.name, kind: account.kind }]],
    ),
  );
}

/**
 * The account as the directory knows it, else no more than its id: the directory may be behind for a moment. What
 * operators do, they do for no account.
 */
export function known(names: ReadonlyMap<string, Counterparty>, id: string): Counterparty {
  return names.get(id) ?? { id, name: id === '' ? 'The platform' : id };
}
